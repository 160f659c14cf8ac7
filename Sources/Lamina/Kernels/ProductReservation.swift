#if LAMINA_OPENBLAS
  import COpenBLAS

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
#else
  /// The right to compute products. Lamina's own need no memory but the stack.
  final class ProductReservation {
    convenience init(threadCount: Int = 1) throws(LaminaError) { self.init() }

    private init() {}
  }
#endif
