/// How often each class was taken for each other.
public struct ConfusionMatrix: Equatable, Sendable {
  /// `counts[true][predicted]`
  public private(set) var counts: [[Int]]
  /// What the classes are called; their numbers, unless there are names.
  public let labels: [String]

  /// An empty one.
  ///
  /// - Parameter labels: a name for each class; empty stands for their numbers.
  /// - Throws: `.invalidArgument` unless there is a class at least, and a name for
  ///   each or none.
  public init(classCount: Int, labels: [String] = []) throws(LaminaError) {
    guard classCount > 0, classCount <= 4096, labels.isEmpty || labels.count == classCount
    else {
      throw LaminaError(
        .invalidArgument,
        "expected 1 to 4096 classes and a name for each or none, "
          + "got \(classCount) classes and \(labels.count) names")
    }
    let row = [Int](repeating: 0, count: classCount)
    self.counts = [[Int]](repeating: row, count: classCount)
    self.labels = labels.isEmpty ? (0..<classCount).map { "\($0)" } : labels
  }

  /// - Parameters:
  ///   - targets: the right classes, from 0.
  ///   - predictions: what each was taken for.
  /// - Throws: `.invalidArgument` where a class is out of range, or there are not
  ///   as many of both.
  public init(
    targets: [Int32], predictions: [Int32], classCount: Int, labels: [String] = []
  ) throws(LaminaError) {
    try self.init(classCount: classCount, labels: labels)
    guard targets.count == predictions.count else {
      throw LaminaError(
        .invalidArgument, "\(targets.count) targets, \(predictions.count) predictions")
    }
    for index in targets.indices {
      try count(target: Int(targets[index]), prediction: Int(predictions[index]), row: index)
    }
  }

  public var classCount: Int { counts.count }

  /// Counts rows of a model's outputs.
  ///
  /// - Parameters:
  ///   - predictions: a score for each class; or, of two classes, one probability
  ///     that it is the second, which it is where that is greater than 0.5.
  ///   - targets: one column with the class's number, or a row as the predictions.
  /// - Throws: `.invalidArgument` where these are not so many, or a class is out of
  ///   range; the rows before it are counted.
  public mutating func add(
    predictions: MatrixView, targets: MatrixView
  ) throws(LaminaError) {
    let isBinary = predictions.columns == 1 && classCount == 2
    guard predictions.columns == classCount || isBinary, targets.rows == predictions.rows,
      targets.columns == 1 || targets.columns == predictions.columns
    else {
      throw LaminaError(
        .invalidArgument,
        "expected \(classCount) scores and a class a row, got \(predictions.rows) rows of "
          + "\(predictions.columns) and \(targets.rows) of \(targets.columns)")
    }
    for row in 0..<predictions.rows {
      let prediction =
        isBinary ? (predictions[row, 0] > 0.5 ? 1 : 0) : predictions.indexOfLargest(inRow: row)
      let target =
        targets.columns == 1 ? Int(exactly: targets[row, 0]) : targets.indexOfLargest(inRow: row)
      try count(target: target ?? -1, prediction: prediction, row: row)
    }
  }

  private mutating func count(
    target: Int, prediction: Int, row: Int
  ) throws(LaminaError) {
    guard counts.indices.contains(target), counts.indices.contains(prediction) else {
      throw LaminaError(
        .invalidArgument,
        "sample \(row) has the class \(target), taken for \(prediction); "
          + "expected 0 to \(classCount - 1)")
    }
    counts[target][prediction] += 1
  }

  /// How many samples were counted.
  public var sampleCount: Int {
    var sum = 0
    for row in counts { for count in row { sum += count } }
    return sum
  }

  /// The fraction of samples that were taken for what they are; 0 where none came.
  public var accuracy: Double {
    var right = 0
    for index in counts.indices { right += counts[index][index] }
    return quotient(Double(right), Double(sampleCount))
  }

  /// For each class: of the samples that were taken for it, the fraction that are
  /// it; 0 where none was.
  public var precision: [Double] {
    counts.indices.map { index in
      var taken = 0
      for row in counts { taken += row[index] }
      return quotient(Double(counts[index][index]), Double(taken))
    }
  }

  /// For each class: of the samples that are it, the fraction that was taken for
  /// it; 0 where there are none.
  public var recall: [Double] {
    counts.indices.map { index in
      var samples = 0
      for count in counts[index] { samples += count }
      return quotient(Double(counts[index][index]), Double(samples))
    }
  }
}

extension ConfusionMatrix: CustomStringConvertible {
  /// A table: a row for each true class, a column for each predicted one, then
  /// recall; precision below.
  public var description: String {
    let (precision, recall) = (precision, recall)
    var table: [[String]] = [[""] + labels + ["recall"]]
    for index in counts.indices {
      table.append(
        [labels[index]] + counts[index].map { "\($0)" } + [thousandths(recall[index])])
    }
    table.append(["precision"] + precision.map { thousandths($0) } + [thousandths(accuracy)])
    let widths = (0...counts.count + 1).map { column in
      var width = 0
      for row in table { width = max(width, row[column].count) }
      return width
    }
    var text = ""
    for (index, row) in table.enumerated() {
      if index > 0 { text += "\n" }
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        text += column == 0 ? cell + padding : "  " + padding + cell
      }
    }
    return text
  }
}

/// A fraction with three decimals.
private func thousandths(_ fraction: Double) -> String {
  let thousandths = Int((1000 * fraction).rounded())
  let decimals = "\(1000 + thousandths % 1000)".dropFirst()
  return "\(thousandths / 1000).\(decimals)"
}
