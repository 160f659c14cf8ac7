/// The fraction of rows where fewer than k outputs are greater than that of the
/// right class, which is where the target's largest number is.
///
/// Source: top_k_categorical_accuracy in keras/src/metrics/accuracy_metrics.py
public final class TopKCategoricalAccuracy: MeanMetric {
  /// How many classes may be named; at least 1.
  public let k: Int
  public let name: String
  public let className = "TopKCategoricalAccuracy"

  public init(k: Int = 5, name: String = "top_k_categorical_accuracy") {
    self.k = k
    self.name = name
  }

  public var configuration: [JSON.Member] { [JSON.Member("k", .integer(k))] }

  convenience init(configuration: Configuration, name: String?) throws(LaminaError) {
    self.init(
      k: try configuration.integer("k", default: 5),
      name: name ?? "top_k_categorical_accuracy")
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    guard k > 0 else {
      throw LaminaError(.invalidArgument, "\(name): k must be at least 1, got \(k)")
    }
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func value(ofRow row: Int, in rows: MetricRows) -> Double {
    let label = rows.targets.indexOfLargest(inRow: row)
    return rows.predictions.isAmongLargest(column: label, inRow: row, k) ? 1 : 0
  }
}

extension Metric where Self == TopKCategoricalAccuracy {
  public static func topKCategoricalAccuracy(k: Int = 5) -> TopKCategoricalAccuracy {
    TopKCategoricalAccuracy(k: k)
  }
}
