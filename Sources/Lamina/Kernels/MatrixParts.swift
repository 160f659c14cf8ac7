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
}
