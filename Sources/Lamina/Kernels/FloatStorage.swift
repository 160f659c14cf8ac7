import CSystem

/// A fixed number of float32 values, zero at first, at an address that does
/// not change: what parameters, gradients and scratch memory live in. Its views
/// do not keep it alive.
final class FloatStorage {
  let count: Int
  let base: UnsafeMutablePointer<Float>

  /// - Throws: `.outOfMemory`, saying what the memory was for.
  convenience init(count: Int, for purpose: StaticString) throws(LaminaError) {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard count >= 0, !overflow, let memory = laminasystem_allocate(bytes) else {
      throw LaminaError(.outOfMemory, "no memory for \(count) numbers of \(purpose)")
    }
    self.init(count: count, base: memory.bindMemory(to: Float.self, capacity: count))
  }

  /// Room for matrices of so many columns each.
  ///
  /// - Throws: `.outOfMemory`
  convenience init(
    rows: Int, columns: [Int], for purpose: StaticString
  ) throws(LaminaError) {
    var count = 0
    for columnCount in columns {
      let (product, productOverflow) = columnCount.multipliedReportingOverflow(by: rows)
      let (sum, sumOverflow) = count.addingReportingOverflow(product)
      guard !productOverflow, !sumOverflow else {
        throw LaminaError(.outOfMemory, "no memory for \(rows) rows of \(purpose)")
      }
      count = sum
    }
    try self.init(count: count, for: purpose)
  }

  private init(count: Int, base: UnsafeMutablePointer<Float>) {
    self.count = count
    self.base = base
  }

  deinit {
    laminasystem_free(base)
  }

  /// A storage with the same values.
  func copy() throws(LaminaError) -> FloatStorage {
    let copy = try FloatStorage(count: count, for: "a copy")
    copy.base.update(from: base, count: count)
    return copy
  }

  /// The values from `offset` on, seen as a matrix.
  func matrix(at offset: Int, rows: Int, columns: Int) -> MatrixView {
    assert(offset >= 0 && offset + rows * columns <= count)
    return MatrixView(rows: rows, columns: columns, elements: base + offset)
  }

  /// All values, seen as one row.
  var row: MatrixView { matrix(at: 0, rows: 1, columns: count) }
}
