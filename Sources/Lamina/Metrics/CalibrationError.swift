/// How far the probabilities of a classifier's answers are from how often the
/// answers are right.
///
/// An answer's confidence is the probability of the class that it gives. The
/// answers fall into bins by their confidence, equally wide ones; a bin whose
/// answers are right as often as their mean confidence says is calibrated.
///
/// Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
/// Networks", 2017, section 2
public struct CalibrationError: Equatable, Sendable {
  /// The answers whose confidence is above `lower` and at most `upper`.
  public struct Bin: Equatable, Sendable {
    public let lower: Double
    public let upper: Double
    /// How many answers there are.
    public fileprivate(set) var count = 0
    fileprivate var confidenceSum = 0.0
    fileprivate var rightCount = 0

    /// The mean of their confidences, 0 to 1; 0 where there are none.
    public var confidence: Double { quotient(confidenceSum, Double(count)) }

    /// The fraction of them that is right, 0 to 1; 0 where there are none.
    public var accuracy: Double { quotient(Double(rightCount), Double(count)) }

    /// |accuracy - confidence|
    public var gap: Double { (accuracy - confidence).magnitude }
  }

  /// From 0 to 1, one after the other.
  public private(set) var bins: [Bin]

  /// One without answers.
  ///
  /// - Parameter binCount: 1 to 1000.
  /// - Throws: `.invalidArgument` where it is out of range.
  public init(binCount: Int = 15) throws(LaminaError) {
    guard binCount >= 1, binCount <= 1000 else {
      throw LaminaError(.invalidArgument, "expected 1 to 1000 bins, got \(binCount)")
    }
    let edges = (0...binCount).map { Double($0) / Double(binCount) }
    bins = zip(edges, edges.dropFirst()).map { Bin(lower: $0, upper: $1) }
  }

  /// - Parameters:
  ///   - probabilities: for each sample the probability of each class.
  ///   - labels: the right classes, from 0.
  /// - Throws: `.invalidArgument` where there are not as many of both, a class is
  ///   out of range, or a probability is.
  public init(
    probabilities: [[Float]], labels: [Int32], binCount: Int = 15
  ) throws(LaminaError) {
    try self.init(binCount: binCount)
    guard probabilities.count == labels.count else {
      throw LaminaError(
        .invalidArgument, "\(labels.count) labels for \(probabilities.count) samples")
    }
    for (sample, label) in labels.enumerated() {
      let row = probabilities[sample]
      guard row.indices.contains(Int(label)) else {
        throw LaminaError(
          .invalidArgument,
          "sample \(sample) has the class \(label), expected 0 to \(row.count - 1)")
      }
      var best = 0
      for index in row.indices where row[index] > row[best] { best = index }
      try add(confidence: row[best], isRight: best == Int(label))
    }
  }

  /// Counts an answer.
  ///
  /// - Throws: `.invalidArgument` where the confidence is not 0 to 1.
  public mutating func add(confidence: Float, isRight: Bool) throws(LaminaError) {
    // Probabilities that somebody added up may be above 1 by rounding.
    guard confidence >= 0, confidence <= 1 + 1e-5 else {
      throw LaminaError(
        .invalidArgument, "expected a probability of 0 to 1, got \(confidence)")
    }
    let confidence = min(1, Double(confidence))
    let place = (confidence * Double(bins.count)).rounded(.up)
    let index = max(0, Int(place) - 1)
    bins[index].count += 1
    bins[index].confidenceSum += confidence
    bins[index].rightCount += isRight ? 1 : 0
  }

  /// Counts a row of probabilities for each of the classes.
  mutating func add(probabilities: MatrixView, classes: [Int]) throws(LaminaError) {
    for (row, target) in classes.enumerated() {
      let best = probabilities.indexOfLargest(inRow: row)
      try add(confidence: probabilities[row, best], isRight: best == target)
    }
  }

  /// How many answers were counted.
  public var sampleCount: Int { bins.reduce(0) { $0 + $1.count } }

  /// The expected calibration error, 0 to 1: the mean of the bins' gaps, weighed by
  /// how many answers are in each; 0 where none came.
  public var expected: Double {
    quotient(bins.reduce(0) { $0 + Double($1.count) * $1.gap }, Double(sampleCount))
  }

  /// The maximum calibration error, 0 to 1: the largest gap of a bin with answers.
  public var maximum: Double {
    bins.reduce(0) { max($0, $1.count > 0 ? $1.gap : 0) }
  }
}
