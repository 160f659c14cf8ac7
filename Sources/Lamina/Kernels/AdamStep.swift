import CLaminaKernels

extension MatrixView {
  /// m += (g - m) oneMinusBeta1; v += (g^2 - v) oneMinusBeta2;
  /// self -= stepSize m / (sqrt(v) + epsilon)
  func stepByAdam(
    gradients: MatrixView, momentums: MatrixView, velocities: MatrixView, stepSize: Float,
    oneMinusBeta1: Float, oneMinusBeta2: Float, epsilon: Float
  ) {
    assert(count == gradients.count && count == momentums.count && count == velocities.count)
    laminakernel_adam(
      elements, gradients.elements, momentums.elements, velocities.elements, count, stepSize,
      oneMinusBeta1, oneMinusBeta2, epsilon)
  }
}
