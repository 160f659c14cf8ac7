/// One kind of computation in a network: what it makes of its inputs' shapes,
/// which variables it has, its forward pass and, beside it, the backward one.
///
/// A layer holds configuration only. Weights live in the model's parameter
/// store; activations, masks and gradients in the buffers that a `LayerPass`
/// shows, so that one layer can stand in several places of a network.
public protocol Layer: AnyObject {
  /// Keras's class name, such as "Dense".
  var className: String { get }

  /// The name that the user gave; nil for one after the class ("dense_1").
  var name: String? { get }

  /// The shape of a sample, where this layer is the first and was told.
  var inputShape: Shape? { get }

  /// Whether a training changes the layer's variables. A change counts from the
  /// next `fit` on.
  var trainable: Bool { get set }

  /// What the constructor was given, by Keras's names, without the name.
  var configuration: [JSON.Member] { get }

  /// How many tensors the layer takes in.
  var inputCount: ClosedRange<Int> { get }

  /// - Parameter inputs: the shapes of samples, as many as `inputCount` allows.
  /// - Throws: `.invalidArgument` where the layer cannot take such inputs.
  func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape

  /// The variables that the layer has on inputs of these shapes, which
  /// `outputShape` accepts.
  func variables(for inputs: [Shape]) -> [Variable]

  /// How a trained network computes this layer.
  var inferenceForm: InferenceForm { get }

  /// Whether the output is the input, in another shape perhaps, in training too.
  /// Then the two share their memory, and so do their gradients, and no pass is
  /// computed where that suffices.
  var isPassThrough: Bool { get }

  /// How many numbers the forward pass leaves for the backward one, a sample.
  func stateCount(for inputs: [Shape]) -> Int

  /// How many numbers of scratch memory a pass needs, whatever the batch.
  func workspaceCount(for inputs: [Shape]) -> Int

  /// How many numbers of its inputs a sample's forward pass reads, one as often as
  /// it is read; products with a kernel aside. A `Double`, as there may be more than an `Int` counts.
  func readCount(for inputs: [Shape]) -> Double

  /// Writes `pass.output`, and `pass.state` where there is one.
  func forward(_ pass: LayerPass)

  /// Writes the gradients of the variables and of the inputs that somebody
  /// needs, whatever was there before. May overwrite the gradient of the output.
  func backward(_ pass: LayerPass)
}

extension Layer {
  public var inputCount: ClosedRange<Int> { 1...1 }
  public var inferenceForm: InferenceForm { .layer }
  public var isPassThrough: Bool { false }
  public func variables(for inputs: [Shape]) -> [Variable] { [] }
  public func stateCount(for inputs: [Shape]) -> Int { 0 }
  public func workspaceCount(for inputs: [Shape]) -> Int { 0 }

  public func readCount(for inputs: [Shape]) -> Double {
    inputs.reduce(0) { $0 + Double($1.checkedElementCount ?? 0) }
  }
}

/// A variable as a layer declares it.
public struct Variable {
  /// Keras's name, such as "kernel".
  public var name: String
  public var shape: Shape
  public var initializer: any Initializer
  /// What adds the variable's size to the loss.
  public var regularizer: (any Regularizer)?
  /// Whether gradients change it; moving statistics are changed by their layer.
  public var isTrainable: Bool

  public init(
    name: String, shape: Shape, initializer: any Initializer,
    regularizer: (any Regularizer)? = nil, isTrainable: Bool = true
  ) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
    self.regularizer = regularizer
    self.isTrainable = isTrainable
  }
}
