import Testing

@testable import Lamina

@Suite struct MatrixProductTests {
  struct Size: CustomTestStringConvertible, Sendable {
    let rows: Int
    let inner: Int
    let columns: Int
    var testDescription: String { "\(rows)x\(inner)x\(columns)" }
  }

  static let sizes = [
    Size(rows: 1, inner: 1, columns: 1), Size(rows: 1, inner: 784, columns: 128),
    Size(rows: 1, inner: 17, columns: 3), Size(rows: 2, inner: 1, columns: 5),
    Size(rows: 3, inner: 7, columns: 15), Size(rows: 32, inner: 128, columns: 10),
    Size(rows: 17, inner: 65, columns: 63), Size(rows: 129, inner: 31, columns: 1),
    // By OpenBLAS, where there is one.
    Size(rows: 130, inner: 9, columns: 515),
  ]

  /// Sums in double.
  private func product(
    _ size: Size, _ a: (Int, Int) -> Float, _ b: (Int, Int) -> Float
  ) -> [Float] {
    (0..<size.rows * size.columns).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: size.columns)
      return Float(
        (0..<size.inner).reduce(0.0) { $0 + Double(a(row, $1)) * Double(b($1, column)) })
    }
  }

  /// Results start as not-a-number: what was there before must not matter.
  private func check(_ result: MatrixView, _ expected: [Float], _ size: Size) {
    // Sums of up to 784 products round in float32.
    expectClose(result.toArray(), expected, absolute: 1e-4, relative: 1e-4, size.testDescription)
    #expect(isFramed(result))
  }

  @Test(arguments: sizes)
  func multiplies(size: Size) {
    var generator = SeededGenerator(seed: 1)
    let a = matrix(size.rows, size.inner, from: &generator)
    let b = matrix(size.inner, size.columns, from: &generator)
    let result = matrix(size.rows, size.columns) { _ in .nan }
    result.assignProduct(a, b)
    check(result, product(size, { a[$0, $1] }, { b[$0, $1] }), size)
  }

  @Test(arguments: sizes)
  func multipliesATransposedMatrix(size: Size) {
    var generator = SeededGenerator(seed: 2)
    let a = matrix(size.inner, size.rows, from: &generator)
    let b = matrix(size.inner, size.columns, from: &generator)
    let result = matrix(size.rows, size.columns) { _ in .nan }
    result.assignProduct(transposed: a, b)
    check(result, product(size, { a[$1, $0] }, { b[$0, $1] }), size)
  }

  @Test(arguments: sizes)
  func multipliesByATransposedMatrix(size: Size) {
    var generator = SeededGenerator(seed: 3)
    let a = matrix(size.rows, size.inner, from: &generator)
    let b = matrix(size.columns, size.inner, from: &generator)
    let result = matrix(size.rows, size.columns) { _ in .nan }
    result.assignProduct(a, transposed: b)
    check(result, product(size, { a[$0, $1] }, { b[$1, $0] }), size)
  }

  @Test(arguments: sizes)
  func addsABiasAndClips(size: Size) {
    var generator = SeededGenerator(seed: 5)
    let a = matrix(size.rows, size.inner, from: &generator)
    let b = matrix(size.inner, size.columns, from: &generator)
    let bias = matrix(1, size.columns, from: &generator)
    let sums = product(size, { a[$0, $1] }, { b[$0, $1] }).enumerated()
      .map { bias[0, $0.offset % size.columns] + $0.element }
    let result = matrix(size.rows, size.columns) { _ in .nan }
    result.assignProduct(a, b, bias: bias)
    check(result, sums, size)
    result.assignProduct(a, b, bias: bias, clipping: true)
    check(result, sums.map { max($0, 0) }, size)
  }

  /// Lamina's own kernel, also for the sizes that OpenBLAS gets.
  @Test(arguments: sizes)
  func tilesMultiply(size: Size) {
    var generator = SeededGenerator(seed: 6)
    let a = matrix(size.rows, size.inner, from: &generator)
    let b = matrix(size.inner, size.columns, from: &generator)
    let expected = product(size, { a[$0, $1] }, { b[$0, $1] })
    let result = matrix(size.rows, size.columns) { _ in .nan }
    MatrixProduct(result: result, a: a, b: b).computeByTiles()
    check(result, expected, size)
    let transposedA = matrix(size.inner, size.rows) { a[$0 % size.rows, $0 / size.rows] }
    MatrixProduct(result: result, a: transposedA, b: b, transposed: .a).computeByTiles()
    check(result, expected, size)
    let transposedB = matrix(size.columns, size.inner) { b[$0 % size.inner, $0 / size.inner] }
    MatrixProduct(result: result, a: a, b: transposedB, transposed: .b).computeByTiles()
    check(result, expected, size)
  }

  @Test func productsOfNoRowsWriteNothing() {
    let b = matrix(3, 4) { Float($0) }
    let result = matrix(0, 4)
    result.assignProduct(matrix(0, 3), b)
    #expect(isFramed(result))
    result.assignProduct(matrix(0, 3), transposed: matrix(4, 3))
    #expect(isFramed(result))
  }

  @Test func productOfNoRowsTransposedIsZero() {
    let result = matrix(3, 4) { _ in .nan }
    result.assignProduct(transposed: matrix(0, 3), matrix(0, 4))
    #expect(result.toArray() == [Float](repeating: 0, count: 12))
  }
}
