import CSystem

/// The activation functions over whole rows, in place, and their derivatives.
extension MatrixView {
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

  /// Each row x becomes x - max x - log(sum of exp(x - max x)).
  func applyLogSoftmax() {
    guard columns > 0 else { return }
    for row in 0..<rows {
      let largest = self[row, indexOfLargest(inRow: row)]
      var sum: Float = 0
      for column in 0..<columns {
        self[row, column] -= largest
        sum += expf(self[row, column])
      }
      let logarithm = logf(sum)
      for column in 0..<columns { self[row, column] -= logarithm }
    }
  }

  /// g_j becomes g_j - exp(y_j) sum over k of g_k, in each row.
  func backpropagateLogSoftmax(outputs y: MatrixView) {
    for row in 0..<rows {
      var sum: Float = 0
      for column in 0..<columns { sum += self[row, column] }
      for column in 0..<columns { self[row, column] -= expf(y[row, column]) * sum }
    }
  }
}
