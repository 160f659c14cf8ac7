/// The fraction of rows whose largest output is where the target's largest number
/// is, the first of equals in both.
///
/// Source: categorical_accuracy in keras/src/metrics/accuracy_metrics.py
public final class CategoricalAccuracy: MeanMetric {
  public let name: String
  public let className = "CategoricalAccuracy"

  public init(name: String = "categorical_accuracy") {
    self.name = name
  }

  public var configuration: [JSON.Member] { [] }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func value(ofRow row: Int, in rows: MetricRows) -> Double {
    let best = rows.predictions.indexOfLargest(inRow: row)
    return best == rows.targets.indexOfLargest(inRow: row) ? 1 : 0
  }
}

extension Metric where Self == CategoricalAccuracy {
  public static var categoricalAccuracy: CategoricalAccuracy { CategoricalAccuracy() }
}
