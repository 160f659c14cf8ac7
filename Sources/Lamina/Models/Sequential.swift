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
/// It is built at once where its first layer is an `Input` or was given an
/// `inputShape`, and otherwise when it first meets data.
///
/// Source: keras/src/models/sequential.py
public final class Sequential: Model {
  private var sequence: [any Layer]

  public override var className: String { "Sequential" }

  /// The layers without the input.
  public override var layers: [any Layer] { sequence }

  /// - Parameter seed: what the initial weights, the shuffles and the dropout
  ///   masks follow from.
  /// - Throws: `.invalidArgument` where layers do not fit each other;
  ///   `.outOfMemory`
  public convenience init(
    _ layers: [any Layer] = [], name: String = "sequential", seed: UInt64 = 0
  ) throws(LaminaError) {
    self.init(sequence: layers, name: name, seed: seed)
    try buildIfShapeIsKnown()
  }

  public convenience init(
    name: String = "sequential", seed: UInt64 = 0,
    @LayerBuilder layers: () throws(LaminaError) -> [any Layer]
  ) throws(LaminaError) {
    try self.init(layers(), name: name, seed: seed)
  }

  /// A model whose network is made already.
  init(built sequence: [any Layer], input: Input?, name: String, seed: UInt64) {
    self.input = input
    self.sequence = sequence
    super.init(name: name, seed: seed)
  }

  private init(sequence: [any Layer], name: String, seed: UInt64) {
    // An Input is where the first layer begins, not one of them.
    input = sequence.first as? Input
    self.sequence = input == nil ? sequence : Array(sequence.dropFirst())
    super.init(name: name, seed: seed)
  }

  /// Adds a layer at the end, with fresh weights where the model is built; the
  /// other layers keep theirs.
  ///
  /// - Throws: `.invalidArgument` where the layer cannot take what the last one
  ///   gives; the model is then as it was. `.busy` while it is trained.
  public func add(_ layer: any Layer) throws(LaminaError) {
    guard !isTraining else { throw busy }
    if let newInput = layer as? Input {
      guard sequence.isEmpty, input == nil else {
        throw LaminaError(.invalidArgument, "\(name): an Input after the first layer")
      }
      input = newInput
    } else {
      sequence.append(layer)
    }
    do throws(LaminaError) {
      try rebuild()
    } catch {
      if layer === input { input = nil } else { sequence.removeLast() }
      throw error
    }
  }

  /// Takes the last layer away; the others keep their weights.
  ///
  /// - Returns: the layer; nil where there was none.
  @discardableResult
  public func pop() throws(LaminaError) -> (any Layer)? {
    guard !isTraining else { throw busy }
    guard let last = sequence.popLast() else { return nil }
    do throws(LaminaError) {
      try rebuild()
    } catch {
      sequence.append(last)
      throw error
    }
    return last
  }

  /// Where samples enter, if the user said it.
  private var input: Input?

  private func rebuild() throws(LaminaError) {
    let builtShape = sequence.isEmpty && input == nil ? nil : inputShape
    guard let shape = builtShape ?? knownShape else { return uninstall() }
    let made = try Graph(makeTopology(inputShapes: [shape]))
    let madeStore = try ParameterStore(for: made, seed: seed)
    let (graph, store) = (graph, store)
    uninstall()
    install(made, madeStore)
    if let graph, let store { copyWeights(from: graph, store) }
  }

  private var knownShape: Shape? { input?.shape ?? sequence.first?.inputShape }

  private func buildIfShapeIsKnown() throws(LaminaError) {
    if let knownShape { try build(inputShape: knownShape) }
  }

  override func makeTopology(inputShapes: [Shape]) throws(LaminaError) -> Topology {
    guard inputShapes.count == 1 else {
      throw LaminaError(
        .invalidArgument, "\(name): a Sequential has one input, got \(inputShapes.count)")
    }
    var seen: Set<ObjectIdentifier> = []
    for layer in sequence where !seen.insert(ObjectIdentifier(layer as AnyObject)).inserted {
      throw LaminaError(
        .invalidArgument,
        "\(name): the same \(layer.className) stands twice; a Sequential has each layer once")
    }
    if let input, input.shape != inputShapes[0] {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected samples of shape \(input.shape), got \(inputShapes[0])")
    }
    return Topology(chain: sequence, input: input ?? Input(inputShapes[0]))
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
