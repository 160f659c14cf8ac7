import CLaminaKernels

/// What a dense layer computes in a trained network.
extension MatrixView {
  /// self = activation(x kernel + bias). Zeros of x are skipped where many are
  /// zero and the kernel is finite.
  func assignDense(
    _ x: MatrixView, _ linear: InferenceWeights.Linear, activation: ActivationFunction
  ) {
    let (kernel, bias) = (linear.kernel, linear.bias)
    assert(x.columns == kernel.rows && rows == x.rows && columns == kernel.columns)
    let appliesRelu = activation == .relu
    if linear.isFinite, x.isSparse(multipliedBy: columns) {
      assignSparseProduct(x, kernel, bias: bias, appliesRelu: appliesRelu)
    } else if rows == 1 {
      // The matrix is read once, without being packed.
      laminakernel_vector_product(
        x.elements, kernel.elements, bias?.elements, elements, kernel.rows, columns,
        appliesRelu ? 1 : 0)
    } else {
      assignProduct(x, kernel, bias: bias, clipping: appliesRelu)
    }
    if !appliesRelu { activation.apply(to: self, state: rows(0..<0)) }
  }
}
