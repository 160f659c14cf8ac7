import CLaminaKernels

extension MatrixView {
  /// self -= g learningRate
  func stepBySGD(gradients: MatrixView, learningRate: Float) {
    assert(count == gradients.count)
    laminakernel_sgd(elements, gradients.elements, count, learningRate)
  }

  /// m = m momentum - g learningRate; self += m
  func stepBySGD(
    gradients: MatrixView, momentums: MatrixView, learningRate: Float, momentum: Float
  ) {
    assert(count == gradients.count && count == momentums.count)
    laminakernel_sgd_momentum(
      elements, gradients.elements, momentums.elements, count, learningRate, momentum)
  }

  /// m = m momentum - g learningRate; self += m momentum - g learningRate
  func stepByNesterov(
    gradients: MatrixView, momentums: MatrixView, learningRate: Float, momentum: Float
  ) {
    assert(count == gradients.count && count == momentums.count)
    laminakernel_sgd_nesterov(
      elements, gradients.elements, momentums.elements, count, learningRate, momentum)
  }
}
