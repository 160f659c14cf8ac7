/// One kind of computation in a network: what it makes of its input's shape,
/// which variables it has, its forward pass and, beside it, the backward one.
///
/// A layer holds configuration only. Weights live in the model's parameter
/// store; activations, masks and gradients in the buffers that a `LayerPass`
/// shows, so that one layer can stand in several places of a network.
public protocol Layer: AnyObject, Sendable {
  /// Keras's class name, such as "Dense".
  var className: String { get }

  /// The name that the user gave; nil for one after the class ("dense_1").
  var name: String? { get }

  /// The shape of a sample, where this layer is the first and was told.
  var inputShape: Shape? { get }

  /// What the constructor was given, by Keras's names, without the name.
  var configuration: [JSON.Member] { get }

  /// - Throws: `.invalidArgument` where the layer cannot take such an input.
  func outputShape(for input: Shape) throws(LaminaError) -> Shape

  /// The variables that the layer has on an input of this shape, one that
  /// `outputShape` accepts.
  func variables(for input: Shape) -> [Variable]

  /// How a trained network computes this layer.
  var inferenceForm: InferenceForm { get }

  /// How many numbers the forward pass leaves for the backward one, a sample.
  func stateCount(for input: Shape) -> Int

  /// Writes `pass.output`, and `pass.state` where there is one.
  func forward(_ pass: LayerPass)

  /// Writes the gradients of the variables and, where somebody needs it, of
  /// the input. May overwrite the gradient of the output.
  func backward(_ pass: LayerPass)
}

extension Layer {
  public func variables(for input: Shape) -> [Variable] { [] }
  public func stateCount(for input: Shape) -> Int { 0 }
}

/// A variable as a layer declares it.
public struct Variable {
  /// Keras's name, such as "kernel".
  public var name: String
  public var shape: Shape
  public var initializer: any Initializer

  public init(name: String, shape: Shape, initializer: any Initializer) {
    self.name = name
    self.shape = shape
    self.initializer = initializer
  }
}

/// How a trained network computes a layer.
public enum InferenceForm {
  /// The output is the input, in another shape perhaps.
  case identity
  /// activation(x kernel + bias)
  case dense(activation: Activation, hasBias: Bool)
}

/// What a layer works on while a batch passes through one place of a network.
public struct LayerPass {
  /// The batch, a row for each sample.
  public var input: MatrixView
  public var output: MatrixView
  /// The layer's variables, in the order in which it declared them.
  public var variables: [MatrixView]
  /// What the forward pass leaves for the backward one.
  public var state: MatrixView

  /// Where the gradient of the input goes; nil where nobody needs it.
  public var inputGradient: MatrixView?
  public var outputGradient: MatrixView
  public var variableGradients: [MatrixView]

  /// The random numbers of this place and this step.
  var random: RandomStream
}
