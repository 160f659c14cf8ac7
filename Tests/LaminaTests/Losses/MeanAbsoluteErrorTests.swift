import Testing

@testable import Lamina

@Suite struct MeanAbsoluteErrorTests {
  @Test func lossIsTheMeanOfTheDistances() {
    let (losses, gradient) = evaluate(
      .meanAbsoluteError(), [[1, 2], [3, -1]], [[0, 4], [3, -2]])
    #expect(losses == [1.5, 0.5])
    // No distance has a slope too, as on JAX.
    #expect(gradient == [0.5, -0.5, -0.5, 0.5])
  }
}
