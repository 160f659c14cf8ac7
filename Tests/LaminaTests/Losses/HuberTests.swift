import Testing

@testable import Lamina

@Suite struct HuberTests {
  @Test func smallErrorsAreSquaredLargeOnesAreNot() {
    let predictions: [[Float]] = [[0.5], [1], [-3], [0]]
    let targets: [[Float]] = [[0], [0], [0], [0]]
    let (losses, gradient) = evaluate(.huber(), predictions, targets)
    #expect(losses == [0.125, 0.5, 2.5, 0])
    #expect(gradient == [0.5, 1, -1, 0])
    let (narrow, narrowGradient) = evaluate(.huber(delta: 0.5), predictions, targets)
    #expect(narrow == [0.125, 0.375, 1.375, 0])
    #expect(narrowGradient == [0.5, 0.5, -0.5, 0])
  }

  @Test(arguments: [0, -1, Float.nan])
  func deltaIsPositive(_ delta: Float) {
    expectError(.invalidArgument, "delta must be greater than 0, got \(delta)") {
      try Huber(delta: delta).check(targets: Samples(values: [0]), outputShape: [1])
    }
  }

  @Test func notANumberStaysOne() {
    let (losses, gradient) = evaluate(.huber(), [[.nan]], [[0]])
    #expect(losses[0].isNaN && gradient[0].isNaN)
  }
}
