@testable import Lamina

/// Numbers on each side of a test's matrix that nobody may change.
private let frame = (count: 16, value: Float(-98_765.5))

/// A matrix in memory of its own, framed by numbers that `isFramed` watches. The
/// memory stays until the process ends, since a view does not own it.
func matrix(_ rows: Int, _ columns: Int, _ value: (Int) -> Float = { _ in 0 }) -> MatrixView {
  let count = rows * columns
  let memory = UnsafeMutablePointer<Float>.allocate(capacity: count + 2 * frame.count)
  memory.initialize(repeating: frame.value, count: count + 2 * frame.count)
  for index in 0..<count { memory[frame.count + index] = value(index) }
  return MatrixView(rows: rows, columns: columns, elements: memory + frame.count)
}

func matrix(_ rows: [[Float]]) -> MatrixView {
  let elements = rows.flatMap { $0 }
  return matrix(rows.count, rows.first?.count ?? 0) { elements[$0] }
}

/// One row.
func matrix(_ row: [Float]) -> MatrixView { matrix([row]) }

/// Normally distributed numbers.
func matrix(_ rows: Int, _ columns: Int, from generator: inout SeededGenerator) -> MatrixView {
  let values = generator.normals(rows * columns)
  return matrix(rows, columns) { values[$0] }
}

/// Whether nothing was written outside of a matrix that `matrix` made.
func isFramed(_ matrix: MatrixView) -> Bool {
  (1...frame.count).allSatisfy {
    matrix.elements[-$0] == frame.value && matrix.elements[matrix.count + $0 - 1] == frame.value
  }
}

/// Sizes around the widths of vector registers.
let oddSizes = [0, 1, 3, 7, 15, 17, 31, 63, 65, 129]
