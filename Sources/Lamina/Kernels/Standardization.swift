import CLaminaKernels

/// Columns and rows brought to mean 0 and variance 1.
extension MatrixView {
  /// The mean of each column and the mean squared distance from it.
  func columnMoments(means: MatrixView, variances: MatrixView, workers: Workers) {
    assert(means.count == columns && variances.count == columns)
    workers.performRanges(of: laminakernel_column_blocks(columns), numbersEach: count) {
      laminakernel_column_moments(
        elements, means.elements, variances.elements, rows, columns, $0.lowerBound, $0.upperBound)
    }
  }

  /// self = (inputs - means) scales + shifts, column by column
  func assignNormalized(
    _ inputs: MatrixView, means: MatrixView, scales: MatrixView, shifts: MatrixView,
    workers: Workers = .single
  ) {
    assert(count == inputs.count && columns == inputs.columns)
    assert(means.count == columns && scales.count == columns && shifts.count == columns)
    workers.performRanges(of: rows, numbersEach: columns) {
      laminakernel_normalize_columns(
        inputs.elements + $0.lowerBound * columns, means.elements, scales.elements,
        shifts.elements, elements + $0.lowerBound * columns, $0.count, columns)
    }
  }

  /// The sum of each column of a gradient, and the sum of its products with the
  /// inputs' distances from their means.
  func columnSums(
    inputs: MatrixView, means: MatrixView, sums: MatrixView, products: MatrixView,
    workers: Workers
  ) {
    assert(count == inputs.count && columns == inputs.columns && means.count == columns)
    assert(sums.count == columns && products.count == columns)
    workers.performRanges(of: laminakernel_column_blocks(columns), numbersEach: count) {
      laminakernel_normalization_sums(
        inputs.elements, elements, means.elements, sums.elements, products.elements, rows,
        columns, $0.lowerBound, $0.upperBound)
    }
  }

  /// self = scales (gradient - gradientMeans - (inputs - means) slopes), column
  /// by column
  func assignNormalizationGradient(
    _ gradient: MatrixView, inputs: MatrixView, means: MatrixView, scales: MatrixView,
    gradientMeans: MatrixView, slopes: MatrixView, workers: Workers
  ) {
    assert(count == inputs.count && count == gradient.count && columns == inputs.columns)
    assert(means.count == columns && scales.count == columns)
    assert(gradientMeans.count == columns && slopes.count == columns)
    workers.performRanges(of: rows, numbersEach: columns) {
      let first = $0.lowerBound * columns
      laminakernel_normalization_gradient(
        inputs.elements + first, gradient.elements + first, means.elements, scales.elements,
        gradientMeans.elements, slopes.elements, elements + first, $0.count, columns)
    }
  }

  /// Each row x becomes (x - mean) / sqrt(variance + epsilon) gamma + beta.
  func assignRowsNormalized(
    _ inputs: MatrixView, gamma: MatrixView?, beta: MatrixView?, epsilon: Float
  ) {
    assert(count == inputs.count && columns == inputs.columns)
    assert(gamma?.count ?? columns == columns && beta?.count ?? columns == columns)
    laminakernel_normalize_rows(
      inputs.elements, gamma?.elements, beta?.elements, elements, rows, columns, epsilon)
  }

  /// The gradients of `assignRowsNormalized`, from that of its outputs, which is
  /// overwritten.
  func backpropagateRowsNormalized(
    inputs: MatrixView, gamma: MatrixView?, inputGradient: MatrixView?,
    gammaGradient: MatrixView?, betaGradient: MatrixView?, epsilon: Float
  ) {
    assert(count == inputs.count && columns == inputs.columns)
    assert(inputGradient?.count ?? count == count)
    gammaGradient?.fill(0)
    betaGradient?.fill(0)
    laminakernel_normalize_rows_gradient(
      inputs.elements, elements, gamma?.elements, inputGradient?.elements,
      gammaGradient?.elements, betaGradient?.elements, rows, columns, epsilon)
  }

  /// self = inputs scale + offset
  func assignScaled(_ inputs: MatrixView, by scale: Float, adding offset: Float) {
    assert(count == inputs.count)
    for index in 0..<count { elements[index] = inputs.elements[index] * scale + offset }
  }

  /// self = inputs scales + offsets, column by column; nil offsets are zero.
  func assignScaled(_ inputs: MatrixView, by scales: [Float], adding offsets: [Float]? = nil) {
    assert(count == inputs.count && columns == scales.count)
    assert(offsets?.count ?? columns == columns)
    for row in 0..<rows {
      for column in 0..<columns {
        self[row, column] = inputs[row, column] * scales[column] + (offsets?[column] ?? 0)
      }
    }
  }
}
