/// Sets a fraction of its inputs to zero while training, each on its own with
/// probability `rate`, and scales the others by 1 / (1 - rate), so that the
/// expected sum stays ("inverted dropout"). Afterwards it does nothing.
///
/// Sources: Srivastava et al., "Dropout: a simple way to prevent neural
/// networks from overfitting", 2014; keras/src/layers/regularization/dropout.py
public final class Dropout: Layer {
  /// The fraction to drop, 0 to 1.
  public let rate: Float
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Dropout"

  public init(_ rate: Float, inputShape: Shape? = nil, name: String? = nil) {
    self.rate = rate
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    guard rate >= 0, rate <= 1 else {
      throw LaminaError(.invalidArgument, "rate must be 0 to 1, got \(rate)")
    }
    return inputs[0]
  }

  /// The factors that the inputs were multiplied by.
  public func stateCount(for inputs: [Shape]) -> Int { inputs[0].checkedElementCount ?? 0 }

  /// y = x * factors
  public func forward(_ pass: LayerPass) {
    let scale = rate < 1 ? 1 / (1 - rate) : 0
    pass.random.drop(
      pass.input, factors: pass.state, outputs: pass.output, rate: rate, scale: scale,
      workers: pass.workers)
  }

  /// dL/dx = dL/dy * factors
  public func backward(_ pass: LayerPass) {
    guard let gradient = pass.inputGradient else { return }
    pass.workers.performRanges(of: gradient.rows, numbersEach: gradient.columns) { rows in
      gradient.rows(rows).assignElementwiseProduct(
        pass.outputGradient.rows(rows), pass.state.rows(rows))
    }
  }

  public var inferenceForm: InferenceForm { .identity }
  public var isPassThrough: Bool { rate == 0 }

  public var configuration: [JSON.Member] { [JSON.Member("rate", .number(of: rate))] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("noise_shape")
    self.init(Float(try configuration.number("rate")), name: configuration.name)
  }
}
