#if LAMINA_OPENBLAS
  import COpenBLAS

  /// Products by OpenBLAS. Sizes fit its 32-bit integers because `Graph` refuses
  /// larger ones.
  extension MatrixProduct {
    /// Lamina's own kernel packs next to nothing, and is faster as long as the
    /// factors stay in the cache. Here they do not: each row of the result is more
    /// than 2 KB from the next.
    var isFasterByOpenBLAS: Bool {
      result.rows > 128 && result.columns > 512 && laminaopenblas_is_usable() != 0
    }

    func computeByOpenBLAS() {
      laminaopenblas_begin_product()
      cblas_sgemm(
        CblasRowMajor, transposed == .a ? CblasTrans : CblasNoTrans,
        transposed == .b ? CblasTrans : CblasNoTrans,
        int32(result.rows), int32(result.columns), int32(sharedSize),
        1, a.elements, rowDistance(a), b.elements, rowDistance(b),
        0, result.elements, rowDistance(result))
      laminaopenblas_end_product()
      if let bias { result.add(toEachRow: bias) }
      if clips { result.applyRelu() }
    }
  }

  private func int32(_ size: Int) -> Int32 { Int32(truncatingIfNeeded: size) }

  /// The distance between rows, which BLAS wants to be at least 1.
  private func rowDistance(_ matrix: MatrixView) -> Int32 { int32(max(matrix.columns, 1)) }
#endif
