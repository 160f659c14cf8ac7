import CLaminaKernels

extension MatrixView {
  /// m += (g - m) oneMinusBeta1; v += (g^2 - v) oneMinusBeta2;
  /// self -= (m momentumFactor + g gradientFactor) / (sqrt(v velocityFactor) + epsilon)
  func stepByNadam(
    gradients: MatrixView, momentums: MatrixView, velocities: MatrixView, momentumFactor: Float,
    gradientFactor: Float, velocityFactor: Float, oneMinusBeta1: Float, oneMinusBeta2: Float,
    epsilon: Float
  ) {
    assert(count == gradients.count && count == momentums.count && count == velocities.count)
    laminakernel_nadam(
      elements, gradients.elements, momentums.elements, velocities.elements, count,
      momentumFactor, gradientFactor, velocityFactor, oneMinusBeta1, oneMinusBeta2, epsilon)
  }
}
