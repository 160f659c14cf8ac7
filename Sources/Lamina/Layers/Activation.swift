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
    let (inputs, outputs) = (lastAxis(of: pass.input, pass), lastAxis(of: pass.output, pass))
    pass.workers.performRanges(of: outputs.rows, numbersEach: outputs.columns) { rows in
      let output = outputs.rows(rows)
      output.assign(inputs.rows(rows))
      // The function's state would be its input, which `backward` has anyway.
      activation.apply(to: output, state: output.first(rows: 0, columns: 0))
    }
  }

  /// dL/dx = dL/dy * f'(x)
  public func backward(_ pass: LayerPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let (inputs, outputs) = (lastAxis(of: pass.input, pass), lastAxis(of: pass.output, pass))
    let deltas = lastAxis(of: pass.outputGradient, pass)
    let gradients = lastAxis(of: inputGradient, pass)
    pass.workers.performRanges(of: outputs.rows, numbersEach: outputs.columns) { rows in
      let gradient = gradients.rows(rows)
      gradient.assign(deltas.rows(rows))
      activation.backpropagate(
        outputs: outputs.rows(rows), state: inputs.rows(rows), gradient: gradient)
    }
  }

  /// A batch with a row for each vector along the last axis.
  private func lastAxis(of batch: MatrixView, _ pass: LayerPass) -> MatrixView {
    batch.reshaped(columns: pass.outputShape.dimensions.last ?? 1)
  }

  public var inferenceForm: InferenceForm {
    isPassThrough ? .identity : .activation(activation)
  }
  public var isPassThrough: Bool { activation == .linear }

  public var configuration: [JSON.Member] { [JSON.Member("activation", activation.json)] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.activation("activation"), name: configuration.name)
  }
}
