/// The fraction of rows whose largest output, the first of equals, is that of
/// the right class, which a target gives as an integer.
///
/// Source: sparse_categorical_accuracy in keras/src/metrics/accuracy_metrics.py
public final class SparseCategoricalAccuracy: MeanMetric {
  public let name: String
  public let className = "SparseCategoricalAccuracy"

  public init(name: String = "sparse_categorical_accuracy") {
    self.name = name
  }

  public var configuration: [JSON.Member] { [] }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try targets.requireClasses(of: outputShape, name)
  }

  public func update(_ state: inout [Double], with rows: MetricRows) {
    guard rows.weights == nil else { return updateByRow(&state, with: rows) }
    state[0] += Double(rows.predictions.countOfRows(whoseLargestIs: rows.targets))
    state[1] += Double(rows.predictions.rows)
  }

  public func value(ofRow row: Int, in rows: MetricRows) -> Double {
    let best = rows.predictions.indexOfLargest(inRow: row)
    return Float(best) == rows.targets[row, 0] ? 1 : 0
  }
}

extension Metric where Self == SparseCategoricalAccuracy {
  public static var sparseCategoricalAccuracy: SparseCategoricalAccuracy {
    SparseCategoricalAccuracy()
  }
}
