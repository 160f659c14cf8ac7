import CLaminaKernels

/// The losses of rows and their gradients.
extension LossRows {
  func computeMeanSquaredErrors() {
    assertSameSizes()
    laminakernel_mean_squared_error(
      predictions.elements, targets.elements, losses.elements, gradient?.elements,
      predictions.rows, predictions.columns)
  }

  func computeMeanAbsoluteErrors() {
    assertSameSizes()
    laminakernel_mean_absolute_error(
      predictions.elements, targets.elements, losses.elements, gradient?.elements,
      predictions.rows, predictions.columns)
  }

  func computeHuberLosses(delta: Float) {
    assertSameSizes()
    laminakernel_huber(
      predictions.elements, targets.elements, delta, losses.elements, gradient?.elements,
      predictions.rows, predictions.columns)
  }

  func computeHingeLosses() {
    assertSameSizes()
    laminakernel_hinge(
      predictions.elements, targets.elements, losses.elements, gradient?.elements,
      predictions.rows, predictions.columns)
  }

  func computeKLDivergences() {
    assertSameSizes()
    laminakernel_kl_divergence(
      predictions.elements, targets.elements, losses.elements, gradient?.elements,
      predictions.rows, predictions.columns)
  }

  func computeBinaryCrossentropies(fromLogits: Bool, labelSmoothing: Float) {
    assertSameSizes()
    laminakernel_binary_crossentropy(
      predictions.elements, targets.elements, fromLogits ? 1 : 0, labelSmoothing,
      losses.elements, gradient?.elements, predictions.rows, predictions.columns)
  }

  func computeCategoricalCrossentropies(fromLogits: Bool, labelSmoothing: Float) {
    assertSameSizes()
    laminakernel_categorical_crossentropy(
      predictions.elements, targets.elements, fromLogits ? 1 : 0, labelSmoothing,
      losses.elements, gradient?.elements, predictions.rows, predictions.columns)
  }

  func computeSparseCategoricalCrossentropies(fromLogits: Bool) {
    assertSameSizes(targetColumns: 1)
    laminakernel_sparse_categorical_crossentropy(
      predictions.elements, targets.elements, fromLogits ? 1 : 0, losses.elements,
      gradient?.elements, predictions.rows, predictions.columns)
  }

  private func assertSameSizes(targetColumns: Int? = nil) {
    assert(targets.count == predictions.rows * (targetColumns ?? predictions.columns))
    assert(losses.count == predictions.rows)
    assert((gradient?.count ?? predictions.count) == predictions.count)
  }
}

/// Rows and their weights: a column with a weight for each row, or for each so
/// many rows that follow each other, as those of one sample do.
extension MatrixView {
  /// The sum of all elements.
  func sum() -> Double {
    var sum = 0.0
    for index in 0..<count { sum += Double(elements[index]) }
    return sum
  }

  /// The sum of a column, each number times its weight.
  func sum(weights: MatrixView) -> Double {
    assert(columns == 1 && weights.columns == 1)
    let rowsPerWeight = weights.rowsPerRow(of: self)
    var sum = 0.0
    for row in 0..<rows {
      // Float32, as Keras multiplies: a product that overflows should do so.
      sum += Double(elements[row] * weights.elements[row / rowsPerWeight])
    }
    return sum
  }

  /// Multiplies each row by its weight, where there are any, and by a factor.
  func scaleRows(by weights: MatrixView?, times factor: Float) {
    laminakernel_scale_rows(
      elements, weights?.elements, factor, weights?.rowsPerRow(of: self) ?? 1, rows, columns)
  }

  /// How many rows of a larger matrix each row of this one stands for.
  func rowsPerRow(of larger: MatrixView) -> Int {
    guard rows > 0 else { return 1 }
    assert(larger.rows % rows == 0)
    return max(1, larger.rows / rows)
  }

  /// Lends memory for a column of at most `rows` numbers while `body` runs, on
  /// the stack where there are few.
  static func withColumn(rows: Int, _ body: (MatrixView) -> Void) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: rows) { buffer in
      guard let base = buffer.baseAddress else { return }
      body(MatrixView(rows: rows, columns: 1, elements: base))
    }
  }
}
