import Testing

@testable import Lamina

@Suite struct SlidingWindowTests {
  /// As many outputs as JAX's conv_general_dilated has, and its padding.
  @Test(arguments: [
    // input, size, stride, dilation, outputs and places before of same, outputs of valid
    [5, 3, 1, 1, 5, 1, 3], [5, 2, 1, 1, 5, 0, 4], [5, 4, 1, 1, 5, 1, 2], [6, 3, 2, 1, 3, 0, 2],
    [5, 3, 2, 1, 3, 1, 2], [7, 1, 3, 1, 3, 0, 3], [7, 3, 1, 3, 7, 3, 1], [4, 2, 5, 1, 1, 0, 1],
  ])
  func sizesAreKerass(numbers: [Int]) throws {
    func axis(_ padding: Padding) throws -> WindowAxis {
      try #require(
        WindowAxis(
          input: numbers[0], size: numbers[1], stride: numbers[2], dilation: numbers[3],
          padding: padding))
    }
    #expect(try axis(.same).output == numbers[4])
    #expect(try axis(.same).before == numbers[5])
    #expect(try axis(.valid).output == numbers[6])
    #expect(try axis(.valid).before == 0)
  }

  @Test func whatCannotBeComputedHasNoWindow() {
    func exists(_ size: Int, stride: Int = 1, dilation: Int = 1, _ padding: Padding) -> Bool {
      WindowAxis(input: 4, size: size, stride: stride, dilation: dilation, padding: padding) != nil
    }
    for padding in [Padding.valid, .same] {
      #expect(exists(4, padding) && exists(1, stride: .max, padding))
      #expect(exists(1, dilation: .max, padding))
      #expect(!exists(0, padding) && !exists(-1, padding) && !exists(.max, padding))
      #expect(!exists(2, stride: 0, padding) && !exists(2, dilation: 0, padding))
      #expect(!exists(3, dilation: .max, padding) && !exists(.min, dilation: .min, padding))
      #expect(WindowAxis(input: 0, size: 1, stride: 1, dilation: 1, padding: padding) == nil)
    }
    #expect(!exists(5, .valid) && exists(5, .same) && exists(1 << 40, stride: .max, .same))
  }

  @Test func tapsThatSeeNothingAreKnown() throws {
    func taps(
      _ size: Int, on input: Int, stride: Int = 1, dilation: Int = 1, _ padding: Padding = .same
    ) throws -> Range<Int> {
      try #require(
        WindowAxis(
          input: input, size: size, stride: stride, dilation: dilation, padding: padding)
      ).seeingTaps
    }
    #expect(try taps(3, on: 5) == 0..<3)
    #expect(try taps(3, on: 5, .valid) == 0..<3)
    #expect(try taps(5, on: 1) == 2..<3)
    #expect(try taps(4, on: 1) == 1..<2)
    #expect(try taps(9, on: 3) == 2..<7)
    #expect(try taps(3, on: 3, dilation: 2) == 0..<3)
    #expect(try taps(3, on: 3, dilation: 4) == 1..<2)
    #expect(try taps(9, on: 4, stride: 2) == 1..<7)
    #expect(try taps(1, on: 5, stride: .max, dilation: .max) == 0..<1)
    // No tap sees a pixel.
    #expect(try taps(2, on: 3, dilation: 1 << 61).count == 1)
  }
}
