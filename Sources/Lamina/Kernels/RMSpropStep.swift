import CLaminaKernels

extension MatrixView {
  /// v = v rho + g^2 oneMinusRho; change = learningRate g / sqrt(v + epsilon); self -= change
  ///
  /// - Parameters:
  ///   - momentums: m = m momentum + change; self -= m instead.
  ///   - averages: a = a rho + g oneMinusRho; v - a^2 under the root instead.
  func stepByRMSprop(
    gradients: MatrixView, velocities: MatrixView, momentums: MatrixView?, averages: MatrixView?,
    learningRate: Float, rho: Float, oneMinusRho: Float, momentum: Float, epsilon: Float
  ) {
    assert(count == gradients.count && count == velocities.count)
    assert(count == momentums?.count ?? count && count == averages?.count ?? count)
    laminakernel_rmsprop(
      elements, gradients.elements, velocities.elements, momentums?.elements, averages?.elements,
      count, learningRate, rho, oneMinusRho, momentum, epsilon)
  }
}
