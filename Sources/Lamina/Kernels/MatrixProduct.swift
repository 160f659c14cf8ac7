import COpenBLAS

/// Matrix products, by OpenBLAS. Sizes fit its 32-bit integers because
/// `Graph` refuses larger ones.
extension MatrixView {
  /// self = a b
  func assignProduct(_ a: MatrixView, _ b: MatrixView) {
    assert(a.columns == b.rows && rows == a.rows && columns == b.columns)
    if rows == 1 {
      assignVectorProduct(a, b)
    } else {
      assignProduct(a, CblasNoTrans, b, CblasNoTrans, sharedSize: a.columns)
    }
  }

  /// self = transposed(a) b
  func assignProduct(transposed a: MatrixView, _ b: MatrixView) {
    assert(a.rows == b.rows && rows == a.columns && columns == b.columns)
    assignProduct(a, CblasTrans, b, CblasNoTrans, sharedSize: a.rows)
  }

  /// self = a transposed(b)
  func assignProduct(_ a: MatrixView, transposed b: MatrixView) {
    assert(a.columns == b.columns && rows == a.rows && columns == b.rows)
    assignProduct(a, CblasNoTrans, b, CblasTrans, sharedSize: a.columns)
  }

  /// self += transposed(a) b
  func addProduct(transposed a: MatrixView, _ b: MatrixView) {
    assert(a.rows == b.rows && rows == a.columns && columns == b.columns)
    assignProduct(a, CblasTrans, b, CblasNoTrans, sharedSize: a.rows, keeping: 1)
  }

  /// - Parameters:
  ///   - sharedSize: the length of the axis that is summed over.
  ///   - factor: what the elements are multiplied by before the product is added;
  ///     with 0 it does not matter what they are.
  private func assignProduct(
    _ a: MatrixView, _ orderOfA: CBLAS_TRANSPOSE, _ b: MatrixView, _ orderOfB: CBLAS_TRANSPOSE,
    sharedSize: Int, keeping factor: Float = 0
  ) {
    laminaopenblas_begin_product()
    cblas_sgemm(
      CblasRowMajor, orderOfA, orderOfB, int32(rows), int32(columns), int32(sharedSize),
      1, a.elements, rowDistance(a), b.elements, rowDistance(b),
      factor, elements, rowDistance(self))
    laminaopenblas_end_product()
  }

  /// The same for one sample: a vector times a matrix reads the matrix once,
  /// without packing it.
  private func assignVectorProduct(_ a: MatrixView, _ b: MatrixView) {
    laminaopenblas_begin_product()
    cblas_sgemv(
      CblasRowMajor, CblasTrans, int32(b.rows), int32(b.columns),
      1, b.elements, rowDistance(b), a.elements, 1, 0, elements, 1)
    laminaopenblas_end_product()
  }
}

/// The right to compute products: OpenBLAS works in a buffer for each thread,
/// and makes sure of it here, where an error can be returned.
final class ProductReservation {
  private let threadCount: Int

  /// - Parameter threadCount: how many threads compute products at once.
  /// - Throws: `.outOfMemory`
  convenience init(threadCount: Int = 1) throws(LaminaError) {
    for reserved in 0..<threadCount where laminaopenblas_reserve() != 0 {
      for _ in 0..<reserved { laminaopenblas_release() }
      throw LaminaError(.outOfMemory, "no memory for OpenBLAS to work in")
    }
    self.init(reservedFor: threadCount)
  }

  private init(reservedFor threadCount: Int) {
    self.threadCount = threadCount
  }

  deinit {
    for _ in 0..<threadCount { laminaopenblas_release() }
  }
}

private func int32(_ size: Int) -> Int32 { Int32(truncatingIfNeeded: size) }

/// The distance between rows, which BLAS wants to be at least 1.
private func rowDistance(_ matrix: MatrixView) -> Int32 { int32(max(matrix.columns, 1)) }
