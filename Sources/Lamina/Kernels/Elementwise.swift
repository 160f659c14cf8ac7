import CLaminaKernels

/// Work on single elements, rows and columns.
extension MatrixView {
  /// Adds a row to each row.
  func add(toEachRow row: MatrixView) {
    assert(row.count == columns)
    laminakernel_add_row(elements, row.elements, rows, columns)
  }

  /// self[j] = the sum of column j
  func assignColumnSums(of matrix: MatrixView) {
    assert(count == matrix.columns)
    laminakernel_sum_columns(matrix.elements, elements, matrix.rows, matrix.columns)
  }

  /// self = a b, element by element
  func assignElementwiseProduct(_ a: MatrixView, _ b: MatrixView) {
    assert(count == a.count && count == b.count)
    laminakernel_multiply(a.elements, b.elements, elements, count)
  }

  /// self += a
  func add(_ a: MatrixView) {
    assert(count == a.count)
    laminakernel_add(elements, a.elements, count)
  }

  /// self *= factor
  func scale(by factor: Float) {
    for index in 0..<count { elements[index] *= factor }
  }

  func fill(_ value: Float) {
    elements.update(repeating: value, count: count)
  }

  /// The column of the largest element of a row, the first of equals.
  func indexOfLargest(inRow row: Int) -> Int {
    precondition(row >= 0 && row < rows)
    return laminakernel_largest_column(elements + row * columns, columns)
  }

  /// How many rows have their largest element where a column of classes says.
  func countOfRows(whoseLargestIs classes: MatrixView) -> Int {
    assert(classes.count == rows)
    return laminakernel_count_largest(elements, classes.elements, rows, columns)
  }
}
