/// What a training makes small.
///
/// A loss holds configuration only. It gives each row of a model's outputs a
/// number; a `Reduction` makes one number of a batch's.
public protocol Loss: AnyObject, Sendable {
  /// Keras's class name, such as "MeanSquaredError".
  var className: String { get }

  /// Keras's name, such as "mean_squared_error".
  var name: String { get }

  /// What the constructor was given, by Keras's names, without the name.
  var configuration: [JSON.Member] { get }

  /// How a batch's losses become one number.
  var reduction: Reduction { get }

  /// - Parameter outputShape: the shape of a sample that the model gives.
  /// - Throws: `.invalidArgument` where the loss cannot compare the two, or has
  ///   a setting that is out of range.
  func check(targets: Samples, outputShape: Shape) throws(LaminaError)

  /// Writes each row's loss and, where it is asked for, that loss's gradient
  /// with respect to the row's predictions.
  func evaluate(_ rows: LossRows)
}

/// What a loss compares. The rows are the samples where a model's output has
/// one axis; an output of shape [28, 28, 10] has 784 rows of 10 a sample.
public struct LossRows {
  public var predictions: MatrixView
  /// What the predictions should be; a class is one column that holds its number.
  public var targets: MatrixView
  /// One column.
  public var losses: MatrixView
  /// As large as the predictions.
  public var gradient: MatrixView?
}
