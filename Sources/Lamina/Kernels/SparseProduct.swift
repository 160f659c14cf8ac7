import CLaminaKernels

/// Products that skip the zeros of a batch, whose time goes with the share of
/// elements that are not zero. They agree with `assignProduct` up to rounding
/// where the other matrix is finite; where it is not, 0 times infinity would be
/// lost, so the callers then take `assignProduct`.
extension MatrixView {
  /// Whether skipping this matrix's zeros is quicker in a product with a matrix
  /// of so many columns. Depends on the elements and the shapes alone; of large
  /// matrices 1,024 elements of the first rows are looked at.
  func isSparse(multipliedBy columnCount: Int) -> Bool {
    guard count > 0, columnCount >= SparseProduct.narrowest else { return false }
    return laminakernel_density(elements, rows, columns) < SparseProduct.density
  }

  /// The same for the product of this matrix, transposed, with one of so many columns.
  func isSparse(transposedAndMultipliedBy columnCount: Int) -> Bool {
    rows >= SparseProduct.fewestSummedRows && isSparse(multipliedBy: columnCount)
  }

  /// Whether no element is infinite or not a number.
  var isFinite: Bool { laminakernel_are_finite(elements, count) != 0 }

  /// self = x weights + bias without the products with zeros of x, cut off at 0
  /// where `appliesRelu`. The weights are known to be finite.
  func assignSparseProduct(
    _ x: MatrixView, _ weights: MatrixView, bias: MatrixView?, appliesRelu: Bool
  ) {
    _ = assignSparseProduct(
      x, weights, bias: bias, appliesRelu: appliesRelu, checksWeights: false)
  }

  /// The same with any weights.
  ///
  /// - Returns: false where a weight is not finite; the elements are then anything.
  func assignSparseProduct(
    _ x: MatrixView, checked weights: MatrixView, bias: MatrixView?, appliesRelu: Bool
  ) -> Bool {
    assignSparseProduct(x, weights, bias: bias, appliesRelu: appliesRelu, checksWeights: true)
  }

  private func assignSparseProduct(
    _ x: MatrixView, _ weights: MatrixView, bias: MatrixView?, appliesRelu: Bool,
    checksWeights: Bool
  ) -> Bool {
    assert(x.columns == weights.rows && rows == x.rows && columns == weights.columns)
    assert(bias == nil || bias?.count == columns)
    return laminakernel_sparse_product(
      x.elements, weights.elements, bias?.elements, elements, rows, x.columns, columns,
      appliesRelu ? 1 : 0, checksWeights ? 1 : 0) != 0
  }

  /// self = transposed(x) deltas, without the products with zeros of x. The deltas
  /// are known to be finite.
  func assignSparseProduct(transposed x: MatrixView, _ deltas: MatrixView) {
    assert(x.rows == deltas.rows && rows == x.columns && columns == deltas.columns)
    laminakernel_sparse_gradient(
      x.elements, deltas.elements, elements, x.rows, x.columns, columns)
  }
}

/// Bytes as samples, without making numbers of those that are zero.
extension MatrixView {
  /// The 256 numbers that bytes stand for.
  func assignQuotients(divisor: Float) {
    assert(count == 256)
    for byte in 0..<256 { elements[byte] = Float(byte) / divisor }
  }

  /// As `assignSparseProduct` with the samples that are bytes from row `first` on
  /// and stand for `quotients`, to the bit. The weights are known to be finite.
  ///
  /// - Returns: false, and nothing is written, where the samples are no bytes or
  ///   not sparse, or the quotient of 0 is not 0.
  func assignSparseProduct(
    _ samples: SampleView, from first: Int, quotients: MatrixView, _ weights: MatrixView,
    bias: MatrixView?, appliesRelu: Bool
  ) -> Bool {
    assert(quotients.count == 256 && columns == weights.columns)
    assert(bias == nil || bias?.count == columns)
    guard case .uint8(let bytes) = samples, quotients.elements[0] == 0, count > 0,
      weights.rows > 0, columns >= SparseProduct.narrowest
    else { return false }
    let rowBytes = bytes + first * weights.rows
    guard laminakernel_density_bytes(rowBytes, rows, weights.rows) < SparseProduct.density
    else { return false }
    laminakernel_sparse_product_bytes(
      rowBytes, quotients.elements, weights.elements, bias?.elements, elements, rows,
      weights.rows, columns, appliesRelu ? 1 : 0)
    return true
  }
}

/// Where skipping zeros wins, by measurement beside OpenBLAS on the development
/// machine: at half of the elements being zero x W took 1/1.3 to 1/2.2 of the time
/// at sizes from 1x784x128 to 256x512x512, and transposed(x) d 1/1.0 to 1/1.5.
enum SparseProduct {
  /// The share of elements that are not zero below which zeros are skipped.
  static let density: Float = 0.55
  /// With fewer columns a sum has too few vectors to hide how a factor is found.
  static let narrowest = 64
  /// With fewer rows to sum over, writing the result is most of the work.
  static let fewestSummedRows = 32
}
