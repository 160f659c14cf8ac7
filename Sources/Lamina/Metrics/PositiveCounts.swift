/// Which outputs say yes, and what they should say: what precision and recall
/// count.
///
/// An output says yes where it is greater than the threshold; with `topK`, only
/// the k largest of a row can. With `classID`, only that column counts. A target
/// says yes where it is not 0.
///
/// Source: update_confusion_matrix_variables in keras/src/metrics/metrics_utils.py
struct PositiveCounts {
  private(set) var truePositives = 0.0
  private(set) var falsePositives = 0.0
  private(set) var falseNegatives = 0.0

  /// Counts a batch's outputs, each as often as its row weighs.
  init(_ rows: MetricRows, threshold: Float?, topK: Int?, classID: Int?) {
    let threshold = threshold ?? PositiveCounts.defaultThreshold(topK: topK)
    let columns = classID.map { $0..<$0 + 1 } ?? 0..<rows.predictions.columns
    for row in 0..<rows.predictions.rows {
      let weight = rows.weight(ofRow: row)
      for column in columns {
        let isPositive =
          rows.predictions[row, column] > threshold
          && (topK.map { rows.predictions.isSelected(column: column, inRow: row, $0) } ?? true)
        count(isPositive, shouldBe: rows.targets[row, column] != 0, weight)
      }
    }
  }

  private mutating func count(_ isPositive: Bool, shouldBe: Bool, _ weight: Double) {
    switch (isPositive, shouldBe) {
    case (true, true): truePositives += weight
    case (true, false): falsePositives += weight
    case (false, true): falseNegatives += weight
    case (false, false): break
    }
  }

  /// With k given, each of the largest says yes.
  private static func defaultThreshold(topK: Int?) -> Float { topK == nil ? 0.5 : -1e10 }

  /// - Throws: `.invalidArgument` where a setting is out of range for the output.
  static func check(
    threshold: Float?, topK: Int?, classID: Int?, outputShape: Shape, _ name: String
  ) throws(LaminaError) {
    let columns = outputShape.columnCount
    if let threshold, !(threshold >= 0 && threshold <= 1) {
      throw LaminaError(
        .invalidArgument, "\(name): expected a threshold of 0 to 1, got \(threshold)")
    }
    if let topK, topK < 1 || topK > columns {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected topK to be 1 to \(columns), as many outputs as there are, got \(topK)")
    }
    if let classID, classID < 0 || classID >= columns {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected a classID of 0 to \(columns - 1), got \(classID)")
    }
  }
}

extension MatrixView {
  /// Whether fewer than k numbers of the row are greater than that of the column;
  /// false for a column that is not there.
  func isAmongLargest(column: Int, inRow row: Int, _ k: Int) -> Bool {
    guard column >= 0, column < columns else { return false }
    let value = self[row, column].isNaN ? -Float.infinity : self[row, column]
    var greater = 0
    for other in 0..<columns where self[row, other] > value { greater += 1 }
    return greater < k
  }

  /// Whether the column is one of the k largest of the row, exactly k: of equals,
  /// the first are taken.
  func isSelected(column: Int, inRow row: Int, _ k: Int) -> Bool {
    let value = self[row, column]
    var before = 0
    for other in 0..<columns {
      if self[row, other] > value || (other < column && self[row, other] == value) { before += 1 }
    }
    return before < k
  }
}

extension Configuration {
  /// The one threshold of a metric; nil where there is none.
  ///
  /// - Throws: `.unsupported` where there are several
  func threshold() throws(LaminaError) -> Float? {
    guard self["thresholds"] != nil else { return nil }
    let thresholds = try numbers("thresholds")
    guard thresholds.count == 1 else {
      throw LaminaError(
        .unsupported,
        "\"thresholds\" has \(thresholds.count) numbers; a metric is one figure, of one threshold")
    }
    return Float(thresholds[0])
  }

  /// An integer; nil where it is absent or null.
  func optionalInteger(_ key: String) throws(LaminaError) -> Int? {
    self[key] == nil ? nil : try integer(key)
  }
}

extension JSON.Member {
  /// The settings that precision and recall share.
  static func positives(threshold: Float?, topK: Int?, classID: Int?) -> [JSON.Member] {
    [
      JSON.Member("thresholds", threshold.map { .number(of: $0) } ?? .null),
      JSON.Member("top_k", topK.map { .integer($0) } ?? .null),
      JSON.Member("class_id", classID.map { .integer($0) } ?? .null),
    ]
  }
}
