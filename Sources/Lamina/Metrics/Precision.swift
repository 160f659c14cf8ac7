/// Of the outputs that say yes, the fraction that should; 0 where none says it.
///
/// An output says yes where it is greater than the threshold, a target where it is
/// not 0. Targets have the outputs' shape.
///
/// Source: keras/src/metrics/confusion_metrics.py
public final class Precision: Metric {
  /// 0 to 1; nil stands for 0.5, or with `topK` for one that all are greater than.
  public let threshold: Float?
  /// Only the k largest outputs of a row can say yes; nil where all can.
  public let topK: Int?
  /// The one column that counts; nil where all do.
  public let classID: Int?
  public let name: String
  public let className = "Precision"

  public init(
    threshold: Float? = nil, topK: Int? = nil, classID: Int? = nil, name: String = "precision"
  ) {
    self.threshold = threshold
    self.topK = topK
    self.classID = classID
    self.name = name
  }

  public var configuration: [JSON.Member] {
    JSON.Member.positives(threshold: threshold, topK: topK, classID: classID)
  }

  /// - Throws: `.unsupported` where there are several thresholds; `.format`
  convenience init(configuration: Configuration, name: String?) throws(LaminaError) {
    self.init(
      threshold: try configuration.threshold(),
      topK: try configuration.optionalInteger("top_k"),
      classID: try configuration.optionalInteger("class_id"), name: name ?? "precision")
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try PositiveCounts.check(
      threshold: threshold, topK: topK, classID: classID, outputShape: outputShape, name)
    try targets.requireNumbers(forEach: outputShape, name)
  }

  /// True positives, and false positives.
  public func stateCount(outputShape: Shape) -> Int { 2 }

  public func update(_ state: inout [Double], with rows: MetricRows) {
    let counts = PositiveCounts(rows, threshold: threshold, topK: topK, classID: classID)
    state[0] += counts.truePositives
    state[1] += counts.falsePositives
  }

  public func result(of state: [Double]) -> Double {
    quotient(state[0], state[0] + state[1])
  }
}

extension Metric where Self == Precision {
  public static func precision(
    threshold: Float? = nil, topK: Int? = nil, classID: Int? = nil
  ) -> Precision {
    Precision(threshold: threshold, topK: topK, classID: classID)
  }
}
