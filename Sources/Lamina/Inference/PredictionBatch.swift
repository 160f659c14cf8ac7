/// What a prediction reads and writes in the caller's memory. A network of one
/// input and one output needs no array for it.
struct PredictionBatch {
  let rows: Int
  private let firstRow: Int
  private let firstInput: SampleView
  private let firstOutput: MatrixView
  private let inputs: [SampleView]
  private let outputs: [MatrixView]

  init(_ input: SampleView, _ output: MatrixView) {
    rows = output.rows
    firstRow = 0
    firstInput = input
    firstOutput = output
    inputs = []
    outputs = []
  }

  /// - Parameters:
  ///   - inputs: at least one, from row `first` on.
  ///   - outputs: at least one, all of the same number of rows.
  init(_ inputs: [SampleView], from first: Int, _ outputs: [MatrixView]) {
    rows = outputs[0].rows
    firstRow = first
    firstInput = inputs[0]
    firstOutput = outputs[0]
    self.inputs = inputs
    self.outputs = outputs
  }

  func input(_ index: Int) -> SampleView { index == 0 ? firstInput : inputs[index] }

  func output(_ index: Int) -> MatrixView { index == 0 ? firstOutput : outputs[index] }

  /// Where an input's row lies.
  func inputRow(_ row: Int) -> Int { firstRow + row }
}
