/// The harmonic mean of precision and recall, averaged over the classes:
/// `2 P R / (P + R + 1e-7)`, with P = TP / (TP + FP + 1e-7) and
/// R = TP / (TP + FN + 1e-7).
///
/// Without a threshold the largest output of a row says yes, each of equals, unless
/// it is 0. Outputs have one axis; targets have their shape, 1 for yes.
///
/// Keras's default, a figure for each class, is not in Lamina: a metric is one
/// figure.
///
/// Source: keras/src/metrics/f_score_metrics.py
public final class F1Score: Metric {
  /// How the classes' figures become one.
  public enum Average: String, Sendable {
    /// All classes are counted together.
    case micro
    /// The mean.
    case macro
    /// The mean, weighted by how many samples should say yes.
    case weighted
  }

  public let average: Average
  /// Greater than 0, at most 1: outputs greater than it say yes; nil where the
  /// largest of a row does.
  public let threshold: Float?
  public let name: String
  public let className = "F1Score"

  public init(average: Average, threshold: Float? = nil, name: String = "f1_score") {
    self.average = average
    self.threshold = threshold
    self.name = name
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("average", .string(average.rawValue)),
      JSON.Member("threshold", threshold.map { .number(of: $0) } ?? .null),
    ]
  }

  /// - Throws: `.unsupported` where there is no average; `.format`
  convenience init(configuration: Configuration, name: String?) throws(LaminaError) {
    let average = try configuration.string("average", default: "null")
    guard let known = Average(rawValue: average) else {
      throw LaminaError(
        .unsupported,
        "the F1 score's \"average\" is \(average); a metric is one figure; "
          + "known: micro, macro, weighted")
    }
    let threshold = configuration["threshold"] == nil ? nil : try configuration.number("threshold")
    self.init(
      average: known, threshold: threshold.map { Float($0) }, name: name ?? "f1_score")
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    if let threshold, !(threshold > 0 && threshold <= 1) {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected a threshold greater than 0, at most 1, got \(threshold)")
    }
    guard outputShape.rank == 1 else {
      throw LaminaError(
        .invalidArgument, "\(name): expected an output of one axis, got \(outputShape)")
    }
    try targets.requireNumbers(forEach: outputShape, name)
  }

  /// For each class: true positives, false positives, false negatives.
  public func stateCount(outputShape: Shape) -> Int { 3 * outputShape.columnCount }

  public func update(_ state: inout [Double], with rows: MetricRows) {
    let predictions = rows.predictions
    for row in 0..<predictions.rows where predictions.columns > 0 {
      let weight = rows.weight(ofRow: row)
      let largest = predictions[row, predictions.indexOfLargest(inRow: row)]
      for column in 0..<predictions.columns {
        let target = Double(rows.targets[row, column])
        if isPositive(predictions[row, column], largest: largest) {
          state[3 * column] += weight * target
          state[3 * column + 1] += weight * (1 - target)
        } else {
          state[3 * column + 2] += weight * target
        }
      }
    }
  }

  private func isPositive(_ output: Float, largest: Float) -> Bool {
    if let threshold { return output > threshold }
    return output >= largest && abs(output) > 1e-9
  }

  public func result(of state: [Double]) -> Double {
    let starts = stride(from: 0, to: state.count, by: 3)
    var counts = (0.0, 0.0, 0.0)
    var (mean, support) = (0.0, 0.0)
    for start in starts {
      let (right, wrong, missed) = (state[start], state[start + 1], state[start + 2])
      counts = (counts.0 + right, counts.1 + wrong, counts.2 + missed)
      let weight = average == .weighted ? right + missed : 1
      mean += weight * score(right, wrong, missed)
      support += right + missed
    }
    switch average {
    case .micro: return score(counts.0, counts.1, counts.2)
    case .macro: return quotient(mean, Double(state.count / 3))
    case .weighted: return mean / (support + F1Score.epsilon)
    }
  }

  private static let epsilon = 1e-7

  private func score(_ right: Double, _ wrong: Double, _ missed: Double) -> Double {
    let precision = right / (right + wrong + F1Score.epsilon)
    let recall = right / (right + missed + F1Score.epsilon)
    return 2 * precision * recall / (precision + recall + F1Score.epsilon)
  }
}

extension Metric where Self == F1Score {
  public static func f1Score(average: F1Score.Average, threshold: Float? = nil) -> F1Score {
    F1Score(average: average, threshold: threshold)
  }
}
