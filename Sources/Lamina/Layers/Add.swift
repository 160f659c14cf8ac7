/// The sum of its inputs, element by element: `y = x_0 + x_1 + ...`.
///
/// The inputs have the same shape, or shapes that repeat along axes of length 1
/// and along axes that are missing in front, such as [1, 1, 8] beside [5, 5, 8].
///
/// Source: keras/src/layers/merging/add.py
public final class Add: Layer {
  public let name: String?
  public var trainable = true
  public let className = "Add"
  public var inputShape: Shape? { nil }
  public var inputCount: ClosedRange<Int> { 2...Int.max }

  public init(name: String? = nil) {
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try Broadcast.mergedShape(of: inputs)
  }

  /// y = x_0 + x_1 + ...
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input, pass.broadcast(0))
    for index in 1..<pass.inputs.count {
      pass.output.add(pass.inputs[index], pass.broadcast(index))
    }
  }

  /// dL/dx_i = dL/dy
  public func backward(_ pass: LayerPass) {
    for index in 0..<pass.inputs.count {
      pass.inputGradients[index]?.assignSum(of: pass.outputGradient, pass.broadcast(index))
    }
  }

  public var configuration: [JSON.Member] { [] }

  convenience init(configuration: Configuration) {
    self.init(name: configuration.name)
  }
}
