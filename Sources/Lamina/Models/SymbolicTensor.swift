/// What a layer will give when there are data: calling layers on symbolic
/// tensors draws a network, which `Model(inputs:outputs:)` then makes.
///
/// ```swift
/// let image = Input([28, 28])
/// let hidden = Dense(128, activation: .relu)(Flatten()(image))
/// let model = try Model(inputs: [image], outputs: [Dense(10)(hidden)])
/// ```
///
/// Source: keras/src/backend/common/keras_tensor.py
public class SymbolicTensor {
  /// The layer that gives the tensor, and what it is given; an input gives itself.
  private(set) var call: (layer: any Layer, inputs: [SymbolicTensor])?

  init(call: (layer: any Layer, inputs: [SymbolicTensor])?) {
    self.call = call
  }

  /// Lets go of one tensor after the other: each would otherwise let go of the
  /// one before inside its own `deinit`, and a network may be deeper than the
  /// thread's stack.
  deinit {
    var pending = call?.inputs ?? []
    call = nil
    while var tensor = pending.popLast() {
      guard isKnownUniquelyReferenced(&tensor) else { continue }
      pending.append(contentsOf: tensor.call?.inputs ?? [])
      tensor.call = nil
    }
  }
}

/// Where samples enter a network.
///
/// Source: keras/src/layers/core/input_layer.py
public final class Input: SymbolicTensor, Layer {
  /// The shape of a sample, without the batch's axis.
  public let shape: Shape
  public let name: String?
  public var trainable = true
  public let className = "InputLayer"

  public init(_ shape: Shape, name: String? = nil) {
    self.shape = shape
    self.name = name
    super.init(call: nil)
  }

  public var inputShape: Shape? { shape }
  public var inputCount: ClosedRange<Int> { 0...0 }
  public var inferenceForm: InferenceForm { .identity }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape { shape }
  public func forward(_ pass: LayerPass) {}
  public func backward(_ pass: LayerPass) {}

  public var configuration: [JSON.Member] {
    let dimensions: [JSON] = [.null] + shape.dimensions.map { .integer($0) }
    return [
      JSON.Member("batch_shape", .array(dimensions)), JSON.Member("dtype", .string("float32")),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    let value = configuration["batch_shape"] ?? configuration["batch_input_shape"] ?? .null
    let batch = value.arrayValue?.first
    let axes = (value.arrayValue ?? []).dropFirst()
    let dimensions = axes.compactMap { $0.integerValue }
    guard let batch, batch == .null || batch.integerValue != nil, dimensions.count == axes.count
    else {
      throw LaminaError(.format, "batch_shape should be [null, ...integers], got \(value.text)")
    }
    self.init(Shape(dimensions), name: configuration.name)
  }
}

extension Layer {
  /// What the layer gives on these tensors. A layer that is called several
  /// times has the same variables each time.
  public func callAsFunction(_ inputs: SymbolicTensor...) -> SymbolicTensor { self(inputs) }

  /// What the layer gives on these tensors.
  public func callAsFunction(_ inputs: [SymbolicTensor]) -> SymbolicTensor {
    SymbolicTensor(call: (self, inputs))
  }
}
