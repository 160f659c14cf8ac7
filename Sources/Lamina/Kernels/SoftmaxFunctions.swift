import CLaminaKernels
import CSystem

/// The activation functions over whole rows, in place, and their derivatives.
extension MatrixView {
  /// Each row x becomes exp(x - max x) / sum of exp(x - max x).
  func applySoftmax() {
    guard columns > 0 else { return }
    laminakernel_softmax(elements, rows, columns)
  }

  /// Each probability becomes its logarithm; 0 counts as the smallest normal number,
  /// so that all of them are finite.
  func applyLogarithm() {
    for index in 0..<count { elements[index] = logf(max(elements[index], .leastNormalMagnitude)) }
  }

  /// g_j becomes y_j (g_j - sum over k of g_k y_k), in each row.
  func backpropagateSoftmax(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_softmax_gradient(y.elements, elements, rows, columns)
  }

  /// Each row x becomes x - max x - log(sum of exp(x - max x)).
  func applyLogSoftmax() {
    guard columns > 0 else { return }
    laminakernel_log_softmax(elements, rows, columns)
  }

  /// g_j becomes g_j - exp(y_j) sum over k of g_k, in each row.
  func backpropagateLogSoftmax(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_log_softmax_gradient(y.elements, elements, rows, columns)
  }
}
