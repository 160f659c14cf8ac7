import COpenBLAS

/// Matrix products, by OpenBLAS. Sizes fit its 32-bit integers because
/// `Graph` refuses larger ones.
extension MatrixView {
  /// self = a b
  func assignProduct(_ a: MatrixView, _ b: MatrixView) {
    assert(a.columns == b.rows && rows == a.rows && columns == b.columns)
    laminaopenblas_begin_product()
    defer { laminaopenblas_end_product() }
    guard rows != 1 else {
      // One sample: a vector times a matrix reads the matrix once, unpacked.
      return cblas_sgemv(
        CblasRowMajor, CblasTrans, int32(b.rows), int32(b.columns), 1, b.elements,
        leading(b), a.elements, 1, 0, elements, 1)
    }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, int32(rows), int32(columns), int32(a.columns),
      1, a.elements, leading(a), b.elements, leading(b), 0, elements, leading(self))
  }

  /// self = transposed(a) b
  func assignProduct(transposed a: MatrixView, _ b: MatrixView) {
    assert(a.rows == b.rows && rows == a.columns && columns == b.columns)
    laminaopenblas_begin_product()
    defer { laminaopenblas_end_product() }
    cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, int32(rows), int32(columns), int32(a.rows),
      1, a.elements, leading(a), b.elements, leading(b), 0, elements, leading(self))
  }

  /// self = a transposed(b)
  func assignProduct(_ a: MatrixView, transposed b: MatrixView) {
    assert(a.columns == b.columns && rows == a.rows && columns == b.rows)
    laminaopenblas_begin_product()
    defer { laminaopenblas_end_product() }
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, int32(rows), int32(columns), int32(a.columns),
      1, a.elements, leading(a), b.elements, leading(b), 0, elements, leading(self))
  }
}

/// The right to compute products: OpenBLAS works in a buffer for each thread,
/// and makes sure of it here, where an error can be returned.
final class ProductReservation {
  /// - Throws: `.outOfMemory`
  convenience init() throws(LaminaError) {
    guard laminaopenblas_reserve() == 0 else {
      throw LaminaError(.outOfMemory, "no memory for OpenBLAS to work in")
    }
    self.init(reserved: ())
  }

  private init(reserved: Void) {}

  deinit {
    laminaopenblas_release()
  }
}

private func int32(_ size: Int) -> Int32 { Int32(truncatingIfNeeded: size) }

/// The distance between rows, which BLAS wants to be at least 1.
private func leading(_ matrix: MatrixView) -> Int32 { int32(max(matrix.columns, 1)) }
