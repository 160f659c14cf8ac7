/// The same elements in a matrix of another size.
extension MatrixView {
  /// As so many rows, which must divide the number of elements. There may be no
  /// elements: in inference a layer's state has rows of none.
  func split(intoRows rows: Int) -> MatrixView {
    assert(rows > 0 ? count.isMultiple(of: rows) : count == 0)
    return MatrixView(rows: rows, columns: rows > 0 ? count / rows : 0, elements: elements)
  }

  /// The first elements, as a matrix of this size.
  func first(rows: Int, columns: Int) -> MatrixView {
    assert(rows * columns <= count)
    return MatrixView(rows: rows, columns: columns, elements: elements)
  }

  /// One of the rows.
  func row(_ index: Int) -> MatrixView { rows(index..<index + 1) }
}
