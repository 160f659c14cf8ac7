/// The product of its inputs, element by element: `y = x_0 x_1 ...`.
///
/// The inputs have shapes as those of `Add`.
///
/// Source: keras/src/layers/merging/multiply.py
public final class Multiply: Layer {
  public let name: String?
  public var trainable = true
  public let className = "Multiply"
  public var inputShape: Shape? { nil }
  public var inputCount: ClosedRange<Int> { 2...Int.max }

  public init(name: String? = nil) {
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try Broadcast.mergedShape(of: inputs)
  }

  /// A sample's output, for the products of all inputs but one.
  public func workspaceCount(for inputs: [Shape]) -> Int { Broadcast.mergedCount(of: inputs) }

  /// y = x_0 x_1 ...
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input, pass.broadcast(0))
    for index in 1..<pass.inputs.count {
      pass.output.multiply(by: pass.inputs[index], pass.broadcast(index))
    }
  }

  /// dL/dx_i = dL/dy times the product of the other inputs
  public func backward(_ pass: LayerPass) {
    let product = pass.workspace.piece(0, length: pass.output.columns)
    for row in 0..<pass.output.rows {
      let rows = row..<row + 1
      for index in 0..<pass.inputs.count {
        guard let gradient = pass.inputGradients[index]?.rows(rows) else { continue }
        product.assign(pass.outputGradient.rows(rows))
        for other in 0..<pass.inputs.count where other != index {
          product.multiply(by: pass.inputs[other].rows(rows), pass.broadcast(other))
        }
        gradient.assignSum(of: product, pass.broadcast(index))
      }
    }
  }

  public var configuration: [JSON.Member] { [] }

  convenience init(configuration: Configuration) {
    self.init(name: configuration.name)
  }
}
