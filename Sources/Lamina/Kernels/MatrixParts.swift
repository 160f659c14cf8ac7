import CLaminaKernels

extension MatrixView {
  /// A piece of scratch memory as one row: the first `length` elements are piece
  /// 0, the next ones piece 1.
  func piece(_ index: Int, length: Int) -> MatrixView {
    assert(index >= 0 && length >= 0 && (index + 1) * length <= count)
    return MatrixView(rows: 1, columns: length, elements: elements + index * length)
  }

  /// The elements from `offset` on, seen as a matrix.
  func matrix(at offset: Int, rows: Int, columns: Int) -> MatrixView {
    assert(offset >= 0 && offset + rows * columns <= count)
    return MatrixView(rows: rows, columns: columns, elements: elements + offset)
  }

  /// self = the sum of what the rows of a matrix hold from a column on, in their
  /// order: as many numbers as there are here.
  func assignSum(ofRows parts: MatrixView, from column: Int) {
    assert(parts.rows > 0 && column >= 0 && column + count <= parts.columns)
    laminakernel_sum_parts(
      parts.elements + column, elements, parts.rows, parts.columns, 1, count, 0)
  }
}
