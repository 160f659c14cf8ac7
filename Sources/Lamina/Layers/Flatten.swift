/// Makes one row of numbers of each sample: [28, 28] becomes [784]. The order
/// of the numbers stays.
///
/// Source: keras/src/layers/reshaping/flatten.py
public final class Flatten: Layer {
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Flatten"

  public init(inputShape: Shape? = nil, name: String? = nil) {
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    guard let count = inputs[0].checkedElementCount else {
      throw LaminaError(.invalidArgument, "an input of shape \(inputs[0]) is too large")
    }
    return [count]
  }

  /// y = x
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input)
  }

  /// dL/dx = dL/dy
  public func backward(_ pass: LayerPass) {
    pass.inputGradient?.assign(pass.outputGradient)
  }

  public var inferenceForm: InferenceForm { .identity }
  public var isPassThrough: Bool { true }

  public var configuration: [JSON.Member] { [] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    self.init(name: configuration.name)
  }
}
