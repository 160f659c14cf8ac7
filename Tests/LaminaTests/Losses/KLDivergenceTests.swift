import Testing

@testable import Lamina

@Suite struct KLDivergenceTests {
  @Test func lossIsTheSumOverTheRow() {
    let (losses, gradient) = evaluate(.klDivergence(), [[0.5, 0.5]], [[0.25, 0.75]])
    expectClose(losses, [0.130812])
    expectClose(gradient, [-0.5, -1.5])
  }

  @Test func whatIsClippedHasNoSlope() {
    let (losses, gradient) = evaluate(.klDivergence(), [[0, 2, 1]], [[1, 1, 1]])
    expectClose(losses, [16.118096])
    expectClose(gradient, [0, 0, -0.5])
  }
}
