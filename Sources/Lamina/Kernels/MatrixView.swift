/// A row-major float32 matrix in memory that somebody else owns and keeps
/// alive: a batch has a row for each sample. Layers compute with views and
/// never see the addresses behind them.
public struct MatrixView {
  public let rows: Int
  public let columns: Int
  let elements: UnsafeMutablePointer<Float>

  /// - Parameter elements: `rows * columns` values that outlive the view.
  package init(rows: Int, columns: Int, elements: UnsafeMutablePointer<Float>) {
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public var count: Int { rows * columns }

  /// The element at a row and a column, which must lie in the matrix, as an
  /// index must lie in an array.
  public subscript(row: Int, column: Int) -> Float {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      return elements[row * columns + column]
    }
    nonmutating set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns)
      elements[row * columns + column] = newValue
    }
  }

  /// Some of the rows.
  func rows(_ range: Range<Int>) -> MatrixView {
    assert(range.lowerBound >= 0 && range.upperBound <= rows)
    return MatrixView(
      rows: range.count, columns: columns, elements: elements + range.lowerBound * columns)
  }

  /// The same elements in rows of another length, which divides their number.
  public func reshaped(columns: Int) -> MatrixView {
    precondition(columns > 0 && count % columns == 0)
    return MatrixView(rows: count / columns, columns: columns, elements: elements)
  }

  /// Takes the elements of a matrix of the same size.
  func assign(_ other: MatrixView) {
    assert(count == other.count)
    elements.update(from: other.elements, count: count)
  }

  /// Takes the values of an array of the same size.
  func assign(_ values: [Float]) {
    assert(count == values.count)
    for (index, value) in values.enumerated() { elements[index] = value }
  }

  /// The elements, row by row.
  public func toArray() -> [Float] {
    Array(UnsafeBufferPointer(start: elements, count: count))
  }
}
