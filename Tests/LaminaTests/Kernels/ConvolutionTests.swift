import Testing

@testable import Lamina

@Suite struct ConvolutionTests {
  @Test func patchesAreWhatTheWindowSees() throws {
    let window = try #require(
      SlidingWindow(over: [2, 3, 2], size: [2, 2], strides: [1, 2], padding: .same))
    let images = matrix(2, 12) { Float($0 + 1) }
    let patches = matrix(3, 8) { _ in .nan }
    patches.assignPatches(of: images, window, from: 3)
    // The first image's last position, and the second's first two.
    #expect(patches.rows(0..<1).toArray() == [11, 12, 0, 0, 0, 0, 0, 0])
    #expect(patches.rows(1..<2).toArray() == [13, 14, 15, 16, 19, 20, 21, 22])
    #expect(patches.rows(2..<3).toArray() == [17, 18, 0, 0, 23, 24, 0, 0])
    #expect(isFramed(patches))
  }

  @Test func addedPatchesAreTheTranspose() throws {
    let window = try #require(
      SlidingWindow(over: [4, 5, 3], size: 3, strides: 1, dilation: [1, 2], padding: .same))
    var generator = SeededGenerator(seed: 3)
    let images = matrix(2, 60, from: &generator)
    let weights = matrix(25, window.patchCount, from: &generator)
    let patches = matrix(25, window.patchCount) { _ in .nan }
    patches.assignPatches(of: images, window, from: 7)
    let sums = matrix(2, 60)
    sums.addPatches(weights, window, from: 7)
    expectClose(weightedSum(patches, weights), weightedSum(images, sums), absolute: 1e-4)
    #expect(isFramed(sums))
  }

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
