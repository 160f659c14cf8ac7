/// The fraction of outputs that are on the right side of a threshold: an output
/// greater than it should have the target 1, others the target 0.
///
/// Source: binary_accuracy in keras/src/metrics/accuracy_metrics.py
public final class BinaryAccuracy: MeanMetric {
  /// 0.5 suits probabilities, 0 suits logits.
  public let threshold: Float
  public let name: String
  public let className = "BinaryAccuracy"

  public init(threshold: Float = 0.5, name: String = "binary_accuracy") {
    self.threshold = threshold
    self.name = name
  }

  public var configuration: [JSON.Member] {
    [JSON.Member("threshold", .number(of: threshold))]
  }

  convenience init(configuration: Configuration, name: String?) throws(LaminaError) {
    self.init(
      threshold: Float(try configuration.number("threshold", default: 0.5)),
      name: name ?? "binary_accuracy")
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func value(ofRow row: Int, in rows: MetricRows) -> Double {
    var right = 0
    for column in 0..<rows.predictions.columns {
      let decision: Float = rows.predictions[row, column] > threshold ? 1 : 0
      if decision == rows.targets[row, column] { right += 1 }
    }
    return quotient(Double(right), Double(rows.predictions.columns))
  }
}

extension Metric where Self == BinaryAccuracy {
  public static func binaryAccuracy(threshold: Float = 0.5) -> BinaryAccuracy {
    BinaryAccuracy(threshold: threshold)
  }
}
