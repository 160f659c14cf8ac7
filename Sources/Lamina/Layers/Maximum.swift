/// The largest of its inputs, element by element: `y = max(x_0, x_1, ...)`; where
/// one is not a number, that.
///
/// The inputs have shapes as those of `Add`. The gradient goes to the largest
/// input. Equal ones share it as in Keras, which compares input after input:
/// each takes half of what the ones before it and itself have.
///
/// Source: keras/src/layers/merging/maximum.py
public final class Maximum: Layer {
  public let name: String?
  public var trainable = true
  public let className = "Maximum"
  public var inputShape: Shape? { nil }
  public var inputCount: ClosedRange<Int> { 2...Int.max }

  public init(name: String? = nil) {
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try Broadcast.mergedShape(of: inputs)
  }

  /// A sample's output, for the largest of the first inputs.
  public func workspaceCount(for inputs: [Shape]) -> Int { Broadcast.mergedCount(of: inputs) }

  /// y = max(max(x_0, x_1), ...)
  public func forward(_ pass: LayerPass) {
    assignLargest(pass.output, of: pass.inputs.count, rows: 0..<pass.output.rows, pass)
  }

  /// From the last input to the first: what the gradient leaves for an input goes
  /// there, the rest to the largest of those before it.
  public func backward(_ pass: LayerPass) {
    let largest = pass.workspace.piece(0, length: pass.output.columns)
    for row in 0..<pass.output.rows {
      let rows = row..<row + 1
      let rest = pass.outputGradient.rows(rows)
      for index in stride(from: pass.inputs.count - 1, to: 0, by: -1) {
        assignLargest(largest, of: index, rows: rows, pass)
        rest.splitMaximum(
          of: largest, pass.inputs[index].rows(rows),
          inputGradient: pass.inputGradients[index]?.rows(rows), pass.broadcast(index))
      }
      pass.inputGradients[0]?.rows(rows).assignSum(of: rest, pass.broadcast(0))
    }
  }

  /// The largest of the first `count` inputs.
  private func assignLargest(
    _ result: MatrixView, of count: Int, rows: Range<Int>, _ pass: LayerPass
  ) {
    result.assign(pass.input.rows(rows), pass.broadcast(0))
    for index in 1..<max(count, 1) {
      result.maximize(pass.inputs[index].rows(rows), pass.broadcast(index))
    }
  }

  public var configuration: [JSON.Member] { [] }

  convenience init(configuration: Configuration) {
    self.init(name: configuration.name)
  }
}
