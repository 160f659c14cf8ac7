/// The fraction of samples whose largest output is that of the right class.
///
/// Source: sparse_categorical_accuracy in keras/src/metrics/accuracy_metrics.py
public final class Accuracy: Metric {
  public let name = "accuracy"

  public init() {}

  public func sum(predictions: MatrixView, labels: Span<Int32>) -> Double {
    var correct = 0
    for row in 0..<predictions.rows
    where predictions.indexOfLargest(inRow: row) == Int(labels[row]) {
      correct += 1
    }
    return Double(correct)
  }
}

extension Metric where Self == Accuracy {
  public static var accuracy: Accuracy { Accuracy() }
}
