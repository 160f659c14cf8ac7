/// A model whose layers follow each other.
///
/// ```swift
/// let model = try Sequential {
///   Flatten(inputShape: [28, 28])
///   Dense(128, activation: .relu)
///   Dropout(0.2)
///   Dense(10)
/// }
/// ```
/// It is built at once where its first layer was given an `inputShape`, and
/// otherwise when it first meets data.
///
/// Source: keras/src/models/sequential.py
public final class Sequential: Model {
  public let layers: [any Layer]

  public override var className: String { "Sequential" }

  /// - Parameter seed: what the initial weights, the shuffles and the dropout
  ///   masks follow from.
  /// - Throws: `.invalidArgument` where layers do not fit each other;
  ///   `.outOfMemory`
  public init(
    _ layers: [any Layer], name: String = "sequential", seed: UInt64 = 0
  ) throws(LaminaError) {
    self.layers = layers
    super.init(name: name, seed: seed)
    if let shape = layers.first?.inputShape { try build(inputShape: shape) }
  }

  public convenience init(
    name: String = "sequential", seed: UInt64 = 0,
    @LayerBuilder layers: () throws(LaminaError) -> [any Layer]
  ) throws(LaminaError) {
    try self.init(layers(), name: name, seed: seed)
  }

  override func makeGraph(inputShape: Shape) throws(LaminaError) -> Graph {
    try Graph(chain: layers, inputShape: inputShape)
  }
}

/// Collects the layers that a block lists.
@resultBuilder
public enum LayerBuilder {
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  public static func buildBlock(_ layers: [any Layer]...) -> [any Layer] { layers.flatMap { $0 } }
  public static func buildOptional(_ layers: [any Layer]?) -> [any Layer] { layers ?? [] }
  public static func buildEither(first layers: [any Layer]) -> [any Layer] { layers }
  public static func buildEither(second layers: [any Layer]) -> [any Layer] { layers }
  public static func buildArray(_ layers: [[any Layer]]) -> [any Layer] { layers.flatMap { $0 } }
}
