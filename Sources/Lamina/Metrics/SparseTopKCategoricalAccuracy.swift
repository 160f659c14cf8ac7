/// The fraction of rows where fewer than k outputs are greater than that of the
/// right class, which a target gives as an integer.
///
/// Source: sparse_top_k_categorical_accuracy in keras/src/metrics/accuracy_metrics.py
public final class SparseTopKCategoricalAccuracy: MeanMetric {
  /// How many classes may be named; at least 1.
  public let k: Int
  public let name: String
  public let className = "SparseTopKCategoricalAccuracy"

  public init(k: Int = 5, name: String = "sparse_top_k_categorical_accuracy") {
    self.k = k
    self.name = name
  }

  public var configuration: [JSON.Member] { [JSON.Member("k", .integer(k))] }

  convenience init(configuration: Configuration, name: String?) throws(LaminaError) {
    if try configuration.boolean("from_sorted_ids", default: false) {
      throw LaminaError(.unsupported, "\"from_sorted_ids\" is true; known: false")
    }
    self.init(
      k: try configuration.integer("k", default: 5),
      name: name ?? "sparse_top_k_categorical_accuracy")
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    guard k > 0 else {
      throw LaminaError(.invalidArgument, "\(name): k must be at least 1, got \(k)")
    }
    try targets.requireClasses(of: outputShape, name)
  }

  public func value(ofRow row: Int, in rows: MetricRows) -> Double {
    guard let label = Int(exactly: rows.targets[row, 0]) else { return 0 }
    return rows.predictions.isAmongLargest(column: label, inRow: row, k) ? 1 : 0
  }
}

extension Metric where Self == SparseTopKCategoricalAccuracy {
  public static func sparseTopKCategoricalAccuracy(k: Int = 5) -> SparseTopKCategoricalAccuracy {
    SparseTopKCategoricalAccuracy(k: k)
  }
}
