import CLaminaKernels
import CSystem

/// The activation functions, in place, and their derivatives: the gradient with
/// respect to the outputs y becomes the one with respect to the inputs.
extension MatrixView {
  /// x becomes max(x, 0).
  func applyRelu() {
    laminakernel_relu(elements, count)
  }

  /// g becomes 0 where y = 0.
  func backpropagateRelu(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_relu_gradient(y.elements, elements, count)
  }

  /// x becomes 1 / (1 + exp(-x)).
  func applySigmoid() {
    for index in 0..<count { elements[index] = 1 / (1 + expf(-elements[index])) }
  }

  /// g becomes g y (1 - y).
  func backpropagateSigmoid(outputs y: MatrixView) {
    assert(count == y.count)
    for index in 0..<count { elements[index] *= y.elements[index] * (1 - y.elements[index]) }
  }

  /// x becomes tanh(x).
  func applyTanh() {
    for index in 0..<count { elements[index] = tanhf(elements[index]) }
  }

  /// g becomes g (1 - y^2).
  func backpropagateTanh(outputs y: MatrixView) {
    assert(count == y.count)
    for index in 0..<count { elements[index] *= 1 - y.elements[index] * y.elements[index] }
  }

  /// Each row x becomes exp(x - max x) / sum of exp(x - max x).
  func applySoftmax() {
    guard columns > 0 else { return }
    for row in 0..<rows {
      let largest = self[row, indexOfLargest(inRow: row)]
      var sum: Float = 0
      for column in 0..<columns {
        let power = expf(self[row, column] - largest)
        self[row, column] = power
        sum += power
      }
      for column in 0..<columns { self[row, column] /= sum }
    }
  }

  /// g_j becomes y_j (g_j - sum over k of g_k y_k), in each row.
  func backpropagateSoftmax(outputs y: MatrixView) {
    for row in 0..<rows {
      var sum: Float = 0
      for column in 0..<columns { sum += self[row, column] * y[row, column] }
      for column in 0..<columns {
        self[row, column] = y[row, column] * (self[row, column] - sum)
      }
    }
  }
}
