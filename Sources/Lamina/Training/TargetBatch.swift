/// What a batch should give, and memory for its losses: for each output that is
/// measured the targets, for each sample its weight.
final class TargetBatch {
  /// One output that is measured.
  struct Part {
    /// Which of the network's outputs, and which of the data's targets it is.
    let output: Int
    let target: Int
    let training: OutputTraining
    /// How many losses a sample has, and how many numbers each compares.
    let lossesPerSample: Int
    let columns: Int
    let targetSize: Int
    fileprivate let targets: FloatStorage
    fileprivate let losses: FloatStorage
  }

  let parts: [Part]
  let maximumRows: Int
  private let weights: FloatStorage
  /// Whether samples weigh something other than 1.
  private let isWeighted: Bool

  private init(parts: [Part], maximumRows: Int, weights: FloatStorage, isWeighted: Bool) {
    self.parts = parts
    self.maximumRows = maximumRows
    self.weights = weights
    self.isWeighted = isWeighted
  }

  /// - Parameter shapes: those of the data's targets.
  /// - Throws: `.outOfMemory`
  convenience init(
    _ objective: BoundObjective, graph: Graph, shapes: [Shape], maximumRows: Int, isWeighted: Bool
  ) throws(LaminaError) {
    var parts: [Part] = []
    for bound in objective.outputs {
      let output = graph.outputs[bound.output]
      let columns = output.shape.dimensions.last ?? 1
      let lossesPerSample = output.count / max(1, columns)
      let size = shapes[bound.target].checkedElementCount ?? 0
      parts.append(
        Part(
          output: bound.output, target: bound.target, training: bound.training,
          lossesPerSample: lossesPerSample, columns: columns, targetSize: size,
          targets: try FloatStorage(rows: maximumRows, columns: [size], for: "targets"),
          losses: try FloatStorage(
            rows: maximumRows, columns: [lossesPerSample], for: "losses")))
    }
    self.init(
      parts: parts, maximumRows: maximumRows,
      weights: try FloatStorage(rows: maximumRows, columns: [1], for: "weights"),
      isWeighted: isWeighted)
  }

  /// Where the targets of a batch of so many rows are to be put.
  func targets(of part: Int, rows: Int) -> MatrixView {
    let part = parts[part]
    return part.targets.matrix(at: 0, rows: rows, columns: part.targetSize)
  }

  /// The batch as a loss sees it: a row for each loss.
  func lossRows(
    of part: Int, from first: Int = 0, rows: Int, predictions: MatrixView, gradient: MatrixView?
  ) -> LossRows {
    let part = parts[part]
    let count = rows * part.lossesPerSample
    let width = part.targetSize / max(1, part.lossesPerSample)
    return LossRows(
      predictions: predictions.reshaped(columns: part.columns),
      targets: part.targets.matrix(
        at: first * part.targetSize, rows: count, columns: width),
      losses: part.losses.matrix(at: 0, rows: count, columns: 1),
      gradient: gradient?.reshaped(columns: part.columns))
  }

  /// The weight of each sample, one column; nil where all are 1.
  func weights(from first: Int, rows: Int) -> MatrixView? {
    isWeighted ? weights.matrix(at: first, rows: rows, columns: 1) : nil
  }
}
