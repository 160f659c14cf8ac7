/// The mean of its inputs, element by element: `y = (x_0 + x_1 + ...) / n`.
///
/// The inputs have shapes as those of `Add`.
///
/// Source: keras/src/layers/merging/average.py
public final class Average: Layer {
  public let name: String?
  public var trainable = true
  public let className = "Average"
  public var inputShape: Shape? { nil }
  public var inputCount: ClosedRange<Int> { 2...Int.max }

  public init(name: String? = nil) {
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try Broadcast.mergedShape(of: inputs)
  }

  /// y = (x_0 + x_1 + ...) / n
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input, pass.broadcast(0))
    for index in 1..<pass.inputs.count {
      pass.output.add(pass.inputs[index], pass.broadcast(index))
    }
    pass.output.divide(by: Float(pass.inputs.count))
  }

  /// dL/dx_i = dL/dy / n
  public func backward(_ pass: LayerPass) {
    pass.outputGradient.divide(by: Float(pass.inputs.count))
    for index in 0..<pass.inputs.count {
      pass.inputGradients[index]?.assignSum(of: pass.outputGradient, pass.broadcast(index))
    }
  }

  public var configuration: [JSON.Member] { [] }

  convenience init(configuration: Configuration) {
    self.init(name: configuration.name)
  }
}
