import Testing

@testable import Lamina

@Suite struct GlorotUniformTests {
  @Test func numbersFillKerassLimits() throws {
    let goldens = try KerasGoldens.load(
      "glorot.json", as: KerasGoldens.Cases<KerasGoldens.Glorot>.self)
    #expect(goldens.cases.count == 7)
    for (index, golden) in goldens.cases.enumerated() {
      // More draws than the shape has elements, so that they come near the limits.
      let values = matrix(1, 100_000)
      GlorotUniform().fill(
        values, shape: Shape(golden.shape), seed: InitializerSeed(seed: 1, variable: index))
      let drawn = values.toArray()
      let (lower, upper) = (drawn.min() ?? 0, drawn.max() ?? 0)
      #expect(lower >= golden.lower && upper <= golden.upper)
      expectClose([lower, upper], [golden.lower, golden.upper], absolute: 0, relative: 2e-4)
    }
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

  @Test func zerosAreZero() {
    let values = matrix(2, 2) { _ in 5 }
    Zeros().fill(values, shape: [2, 2], seed: InitializerSeed(seed: 1, variable: 0))
    #expect(values.toArray() == [0, 0, 0, 0])
  }
}
