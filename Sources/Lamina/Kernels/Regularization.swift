import CLaminaKernels

/// What regularizers compute.
extension MatrixView {
  /// The sum of |x|, taken in double.
  var sumOfMagnitudes: Double { laminakernel_sum_of_magnitudes(elements, count) }

  /// The sum of x^2, taken in double.
  var sumOfSquares: Double { laminakernel_sum_of_squares(elements, count) }

  /// self += factor * sign of matrix; the sign of 0 is 1
  func addSigns(of matrix: MatrixView, times factor: Float) {
    assert(count == matrix.count)
    laminakernel_add_signs(matrix.elements, elements, count, factor)
  }

  /// self += factor * matrix
  func add(_ matrix: MatrixView, times factor: Float) {
    assert(count == matrix.count)
    laminakernel_add_multiple(matrix.elements, elements, count, factor)
  }
}
