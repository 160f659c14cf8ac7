import Testing

@testable import Lamina

@Suite struct ConvolutionTests {
  @Test(arguments: oddSizes)
  func columnSumsAreAdded(columns: Int) {
    for rows in [0, 1, 255, 257, 1000] {
      let values = matrix(rows, columns) { Float($0 % 7) }
      let sums = matrix(1, columns) { Float($0) }
      sums.addColumnSums(of: values)
      let expected = (0..<columns).map { column in
        (0..<rows).reduce(Float(column)) { $0 + values[$1, column] }
      }
      #expect(sums.toArray() == expected)
      #expect(isFramed(sums))
    }
  }

  /// One sum in float32 would be off by 3e-3.
  @Test func longColumnsLoseLittle() {
    let values = matrix(1 << 20, 1) { _ in 0.1 }
    let sums = matrix(1, 1)
    sums.addColumnSums(of: values)
    #expect(abs(sums[0, 0] / (0.1 * Float(1 << 20)) - 1) < 1e-4)
  }
}
