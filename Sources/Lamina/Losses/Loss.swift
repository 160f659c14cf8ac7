/// What a training makes small.
public protocol Loss: AnyObject, Sendable {
  /// Keras's name, such as "sparse_categorical_crossentropy".
  var name: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  /// - Parameters:
  ///   - outputShape: the shape of a sample that the model gives.
  ///   - labels: the classes of all samples.
  /// - Throws: `.invalidArgument` where the loss cannot compare the two.
  func check(labels: [Int32], outputShape: Shape) throws(LaminaError)

  /// The sum of a batch's losses; where a gradient is asked for, the gradient
  /// of their mean with respect to the predictions.
  ///
  /// - Parameters:
  ///   - predictions: the model's outputs, a row for each sample.
  ///   - labels: at least as many as there are rows, each one checked.
  func sum(
    predictions: MatrixView, labels: Span<Int32>, gradient: MatrixView?
  ) -> Double
}
