/// A layer that applies an activation function to each number of its input, and
/// softmax and log softmax over the last axis: `y = f(x)`.
///
/// - Input: any shape; output: the same.
///
/// Source: keras/src/layers/activations/activation.py
public final class Activation: Layer {
  public let activation: ActivationFunction
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Activation"

  public init(_ activation: ActivationFunction, inputShape: Shape? = nil, name: String? = nil) {
    self.activation = activation
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try activation.check()
    guard let count = inputs[0].checkedElementCount, count > 0 else {
      throw LaminaError(
        .invalidArgument, "expected an input of at least one number, got shape \(inputs[0])")
    }
    return inputs[0]
  }

  /// y = f(x)
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input)
    activation.apply(to: lastAxis(of: pass.output, pass), state: pass.state)
  }

  /// dL/dx = dL/dy * f'(x)
  public func backward(_ pass: LayerPass) {
    let delta = lastAxis(of: pass.outputGradient, pass)
    activation.backpropagate(
      outputs: lastAxis(of: pass.output, pass), state: pass.input, gradient: delta)
    pass.inputGradient?.assign(pass.outputGradient)
  }

  /// A batch with a row for each vector along the last axis.
  private func lastAxis(of batch: MatrixView, _ pass: LayerPass) -> MatrixView {
    batch.reshaped(columns: pass.outputShape.dimensions.last ?? 1)
  }

  public var inferenceForm: InferenceForm { activation == .linear ? .identity : .layer }

  public var configuration: [JSON.Member] { [JSON.Member("activation", activation.json)] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.activation("activation"), name: configuration.name)
  }
}
