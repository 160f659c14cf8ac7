import Testing

@testable import Lamina

@Suite struct RegularizationTests {
  @Test(arguments: oddSizes)
  func sumsAreTakenInDouble(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = matrix(1, count, from: &generator)
    let numbers = values.toArray().map { Double($0) }
    expectClose(
      values.sumOfMagnitudes, numbers.reduce(0) { $0 + abs($1) }, absolute: 0, relative: 1e-14)
    expectClose(
      values.sumOfSquares, numbers.reduce(0) { $0 + $1 * $1 }, absolute: 0, relative: 1e-14)
  }

  @Test func largeSquaresDoNotOverflow() {
    expectClose(matrix([1e30, -1e30]).sumOfSquares, 2e60)
  }

  @Test(arguments: oddSizes)
  func multiplesAndSignsAreAdded(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let values = matrix(1, count, from: &generator)
    for index in stride(from: 0, to: count, by: 5) { values[0, index] = index % 2 == 0 ? 0 : -0.0 }
    let start = generator.normals(count)
    let (signs, multiples) = (matrix(start), matrix(start))
    signs.addSigns(of: values, times: 0.5)
    multiples.add(values, times: 0.5)
    #expect(isFramed(signs) && isFramed(multiples) && isFramed(values))
    let numbers = values.toArray()
    #expect(
      signs.toArray() == zip(start, numbers).map { $0 + ($1 < 0 ? -0.5 : 0.5) })
    expectClose(multiples.toArray(), zip(start, numbers).map { $0 + 0.5 * $1 })
  }
}
