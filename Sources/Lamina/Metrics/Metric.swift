/// A figure that tells how good a model is.
///
/// A metric holds configuration only; what it has counted so far is a list of
/// numbers, zero at first, which belongs to whoever measures.
public protocol Metric: AnyObject, Sendable {
  /// Keras's class name, such as "SparseCategoricalAccuracy".
  var className: String { get }

  /// Keras's name, such as "accuracy".
  var name: String { get }

  /// What the constructor was given, by Keras's names, without the name.
  var configuration: [JSON.Member] { get }

  /// Which figures are better; greater ones unless a metric says otherwise.
  var direction: MetricDirection { get }

  /// The metric that measures such targets and outputs: itself, unless it only
  /// stands for several, as "accuracy" does.
  func resolved(targetShape: Shape, outputShape: Shape) -> any Metric

  /// - Parameter outputShape: the shape of a sample that the model gives.
  /// - Throws: `.invalidArgument` where the metric cannot compare the two, or has
  ///   a setting that is out of range.
  func check(targets: Samples, outputShape: Shape) throws(LaminaError)

  /// How many numbers it counts in.
  func stateCount(outputShape: Shape) -> Int

  /// Takes a batch in.
  func update(_ state: inout [Double], with rows: MetricRows)

  /// The figure so far; NaN or 0, as Keras has it, where nothing came.
  func result(of state: [Double]) -> Double
}

extension Metric {
  public var direction: MetricDirection { .up }

  public func resolved(targetShape: Shape, outputShape: Shape) -> any Metric { self }
}

/// Which figures of a metric are better.
public enum MetricDirection: Sendable {
  /// Greater ones, as of an accuracy.
  case up
  /// Smaller ones, as of an error.
  case down
}

/// What a metric compares, row by row, as `LossRows` has them.
public struct MetricRows {
  public var predictions: MatrixView
  public var targets: MatrixView
  /// One column with a weight for each row, or for each so many rows that follow
  /// each other, as those of a sample do; nil where all rows weigh 1.
  public var weights: MatrixView?

  /// What a row counts.
  public func weight(ofRow row: Int) -> Double {
    guard let weights else { return 1 }
    return Double(weights[row / weights.rowsPerRow(of: predictions), 0])
  }
}
