/// A figure that tells how good a model is, averaged over the samples.
public protocol Metric: AnyObject, Sendable {
  /// Keras's name, such as "accuracy".
  var name: String { get }

  /// The sum of the figure over a batch; the mean divides by the samples.
  ///
  /// - Parameters:
  ///   - predictions: the model's outputs, a row for each sample.
  ///   - labels: at least as many as there are rows, each one a class.
  func sum(predictions: MatrixView, labels: Span<Int32>) -> Double
}
