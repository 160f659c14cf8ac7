import Testing

@testable import Lamina

@Suite struct SparseProductTests {
  struct Size: CustomTestStringConvertible, Sendable {
    let rows: Int
    let features: Int
    let columns: Int
    var testDescription: String { "\(rows)x\(features)x\(columns)" }
  }

  /// Around the widths of vectors, of words of flags, and of groups of samples.
  static let sizes = [
    Size(rows: 1, features: 1, columns: 1), Size(rows: 3, features: 17, columns: 5),
    Size(rows: 1, features: 784, columns: 128), Size(rows: 33, features: 785, columns: 129),
    Size(rows: 64, features: 100, columns: 1), Size(rows: 5, features: 64, columns: 16),
    Size(rows: 2, features: 4_200, columns: 17), Size(rows: 130, features: 65, columns: 143),
    Size(rows: 9, features: 63, columns: 15), Size(rows: 32, features: 96, columns: 47),
    Size(rows: 65, features: 130, columns: 300), Size(rows: 16, features: 40, columns: 144),
    Size(rows: 31, features: 33, columns: 80), Size(rows: 70, features: 20, columns: 100),
  ]
  static let densities: [Double] = [0, 0.2, 1]

  /// Normally distributed numbers, and zeros of both signs.
  private func sparse(
    _ rows: Int, _ columns: Int, _ density: Double, _ generator: inout SeededGenerator
  ) -> MatrixView {
    let values = (0..<rows * columns).map { index -> Float in
      let isZero = Double.random(in: 0..<1, using: &generator) >= density
      return isZero ? (index.isMultiple(of: 3) ? -0.0 : 0) : generator.normal()
    }
    return matrix(rows, columns) { values[$0] }
  }

  /// x weights + bias, summed in double.
  private func product(_ x: MatrixView, _ weights: MatrixView, _ bias: MatrixView?) -> [Float] {
    (0..<x.rows * weights.columns).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: weights.columns)
      return Float(
        (0..<x.columns).reduce(Double(bias?[0, column] ?? 0)) {
          $0 + Double(x[row, $1]) * Double(weights[$1, column])
        })
    }
  }

  /// Sums of up to 4,200 products round in float32.
  private func check(_ result: MatrixView, _ expected: [Float], _ place: String) {
    expectClose(result.toArray(), expected, absolute: 2e-4, relative: 2e-4, place)
    #expect(isFramed(result))
  }

  @Test(arguments: sizes, densities)
  func multipliesWithBiasAndRelu(size: Size, density: Double) {
    var generator = SeededGenerator(seed: 1)
    let x = sparse(size.rows, size.features, density, &generator)
    let weights = matrix(size.features, size.columns, from: &generator)
    let bias = matrix(1, size.columns, from: &generator)
    let result = matrix(size.rows, size.columns) { _ in .nan }
    let sums = product(x, weights, bias)
    result.assignSparseProduct(x, weights, bias: bias, appliesRelu: false)
    check(result, sums, "with a bias")
    result.fill(.nan)
    result.assignSparseProduct(x, weights, bias: bias, appliesRelu: true)
    check(result, sums.map { max($0, 0) }, "with relu")
    result.fill(.nan)
    #expect(result.assignSparseProduct(x, checked: weights, bias: nil, appliesRelu: false))
    check(result, product(x, weights, nil), "without a bias")
  }

  @Test(arguments: sizes, densities)
  func multipliesTransposed(size: Size, density: Double) {
    var generator = SeededGenerator(seed: 2)
    let x = sparse(size.rows, size.features, density, &generator)
    let deltas = matrix(size.rows, size.columns, from: &generator)
    let result = matrix(size.features, size.columns) { _ in .nan }
    result.assignSparseProduct(transposed: x, deltas)
    let expected = (0..<size.features * size.columns).map { index in
      let (feature, column) = index.quotientAndRemainder(dividingBy: size.columns)
      return Float(
        (0..<size.rows).reduce(0.0) { $0 + Double(x[$1, feature]) * Double(deltas[$1, column]) })
    }
    check(result, expected, size.testDescription)
  }

  @Test(arguments: sizes)
  func piecesGiveTheSameBits(size: Size) {
    var generator = SeededGenerator(seed: 3)
    let x = sparse(size.rows, size.features, 0.3, &generator)
    let weights = matrix(size.features, size.columns, from: &generator)
    let (whole, pieces) = (matrix(size.rows, size.columns), matrix(size.rows, size.columns))
    whole.assignSparseProduct(x, weights, bias: nil, appliesRelu: false)
    for start in stride(from: 0, to: size.rows, by: 5) {
      let rows = start..<min(start + 5, size.rows)
      pieces.rows(rows).assignSparseProduct(x.rows(rows), weights, bias: nil, appliesRelu: false)
    }
    #expect(pieces.toArray() == whole.toArray())
  }

  @Test(arguments: sizes.filter { $0.columns >= SparseProduct.narrowest })
  func bytesGiveTheBitsOfTheirQuotients(size: Size) {
    var generator = SeededGenerator(seed: 4)
    let bytes = (0..<(size.rows + 1) * size.features).map { _ in
      UInt8.random(in: 0..<4, using: &generator) == 0
        ? UInt8.random(in: .min ... .max, using: &generator) : 0
    }
    let quotients = matrix(1, 256)
    quotients.assignQuotients(divisor: 255)
    let x = matrix(size.rows, size.features)
    let weights = matrix(size.features, size.columns, from: &generator)
    let bias = matrix(1, size.columns, from: &generator)
    let expected = matrix(size.rows, size.columns)
    let result = matrix(size.rows, size.columns) { _ in .nan }
    SampleView.with(bytes) { samples in
      x.assign(samples, from: 1, divisor: 255)
      #expect(
        result.assignSparseProduct(
          samples, from: 1, quotients: quotients, weights, bias: bias, appliesRelu: true))
    }
    expected.assignSparseProduct(x, weights, bias: bias, appliesRelu: true)
    #expect(result.toArray() == expected.toArray())
    #expect(isFramed(result))
  }

  @Test func bytesThatAreNotSparseAreLeftToOthers() {
    let weights = matrix(100, 64)
    let quotients = matrix(1, 256)
    let result = matrix(2, 64) { Float($0) }
    func isTaken(_ samples: SampleView?) -> Bool {
      samples.map {
        result.assignSparseProduct(
          $0, from: 0, quotients: quotients, weights, bias: nil, appliesRelu: false)
      } ?? true
    }
    quotients.assignQuotients(divisor: 2)
    #expect(SampleView.with([UInt8](repeating: 1, count: 200)) { isTaken($0) } == false)
    #expect(SampleView.with([Float](repeating: 0, count: 200)) { isTaken($0) } == false)
    quotients.assignQuotients(divisor: 0)
    #expect(SampleView.with([UInt8](repeating: 0, count: 200)) { isTaken($0) } == false)
    #expect(result.toArray() == (0..<128).map { Float($0) })
  }

  @Test func notANumberIsNoZero() {
    let x = matrix(2, 70) { $0 == 69 ? .nan : 0 }
    let result = matrix(2, 50)
    result.assignSparseProduct(x, matrix(70, 50) { _ in 1 }, bias: nil, appliesRelu: true)
    #expect(result.rows(0..<1).toArray().allSatisfy { $0.isNaN })
    #expect(result.rows(1..<2).toArray().allSatisfy { $0 == 0 })
    let gradient = matrix(70, 50)
    gradient.assignSparseProduct(transposed: x, matrix(2, 50))
    #expect(gradient.rows(0..<69).toArray().allSatisfy { $0 == 0 })
    #expect(gradient.rows(69..<70).toArray().allSatisfy { $0.isNaN })
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan], [1, 40])
  func weightsThatAreNotFiniteAreFound(value: Float, rows: Int) {
    for place in [0, 64 * 50 - 1, 64 * 50, 100 * 50 - 1] {
      let weights = matrix(100, 50) { $0 == place ? value : 1 }
      let result = matrix(rows, 50)
      #expect(
        !result.assignSparseProduct(
          matrix(rows, 100), checked: weights, bias: nil, appliesRelu: false), "at \(place)")
      #expect(!weights.isFinite)
    }
    #expect(matrix(100, 50) { _ in -.greatestFiniteMagnitude }.isFinite)
    #expect(matrix(0, 0).isFinite)
  }

  @Test(arguments: [(1, 784), (32, 784), (64, 10), (1_024, 784), (3, 4_096), (2_000, 1)])
  func sparsityIsAMatterOfTheShareOfZeros(rows: Int, columns: Int) {
    var generator = SeededGenerator(seed: 5)
    let few = sparse(rows, columns, 0.4, &generator)
    let many = sparse(rows, columns, 0.75, &generator)
    #expect(few.isSparse(multipliedBy: 128))
    #expect(!many.isSparse(multipliedBy: 128))
    #expect(few.isSparse(transposedAndMultipliedBy: 128) == (rows >= 32))
    #expect(!many.isSparse(transposedAndMultipliedBy: 128))
    #expect(!few.isSparse(multipliedBy: 10))
    #expect(!few.isSparse(transposedAndMultipliedBy: 10))
    #expect(!matrix(0, columns).isSparse(multipliedBy: 128))
  }

  /// As in pictures with a border, of which equally spaced pieces could see nothing else.
  @Test func sparsityIsSeenInWholeRows() {
    let left = matrix(64, 1_024) { $0 % 1_024 < 200 ? 0 : 1 }
    #expect(!left.isSparse(multipliedBy: 128))
    let right = matrix(64, 1_024) { $0 % 1_024 < 200 ? 1 : 0 }
    #expect(right.isSparse(multipliedBy: 128))
    #expect(!matrix(0, 784).isSparse(multipliedBy: 128))
  }
}
