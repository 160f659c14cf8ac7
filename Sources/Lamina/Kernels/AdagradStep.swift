import CLaminaKernels

extension MatrixView {
  /// a += g^2; self -= learningRate g / sqrt(a + epsilon)
  func stepByAdagrad(
    gradients: MatrixView, accumulators: MatrixView, learningRate: Float, epsilon: Float
  ) {
    assert(count == gradients.count && count == accumulators.count)
    laminakernel_adagrad(
      elements, gradients.elements, accumulators.elements, count, learningRate, epsilon)
  }
}
