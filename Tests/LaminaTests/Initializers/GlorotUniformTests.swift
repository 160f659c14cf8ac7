import Testing

@testable import Lamina

@Suite struct GlorotUniformTests {
  @Test(arguments: [
    ([784, 128], 784, 128), ([1, 1], 1, 1), ([5], 5, 5), ([3, 3, 8, 16], 72, 144),
    ([2, 3, 4], 6, 8),
  ])
  func numbersFillTheLimits(shape: [Int], fanIn: Int, fanOut: Int) {
    // More draws than the shape has elements, so that they come near the limits.
    let values = matrix(1, 100_000)
    GlorotUniform().fill(
      values, shape: Shape(shape), seed: InitializerSeed(seed: 1, variable: fanIn))
    let limit = (6 / Float(fanIn + fanOut)).squareRoot()
    let drawn = values.toArray()
    let (lower, upper) = (drawn.min() ?? 0, drawn.max() ?? 0)
    #expect(lower >= -limit && upper <= limit)
    expectClose([lower, upper], [-limit, limit], absolute: 0, relative: 2e-4)
  }

  @Test func variablesAndSeedsDrawTheirOwn() {
    func draw(seed: UInt64, variable: Int) -> [Float] {
      let values = matrix(4, 4)
      GlorotUniform().fill(
        values, shape: [4, 4], seed: InitializerSeed(seed: seed, variable: variable))
      return values.toArray()
    }
    #expect(draw(seed: 1, variable: 0) == draw(seed: 1, variable: 0))
    #expect(draw(seed: 1, variable: 0) != draw(seed: 1, variable: 2))
    #expect(draw(seed: 1, variable: 0) != draw(seed: 2, variable: 0))
  }

  /// Models that were made with a seed before start the same for ever.
  @Test func firstNumbersNeverChange() {
    let values = matrix(1, 6)
    GlorotUniform().fill(values, shape: [3, 2], seed: InitializerSeed(seed: 1, variable: 0))
    #expect(
      values.toArray().map { $0.bitPattern } == [
        3_211_784_180, 3_210_128_205, 3_203_603_988, 3_212_903_563, 3_212_026_210, 1_052_072_508,
      ])
  }
}
