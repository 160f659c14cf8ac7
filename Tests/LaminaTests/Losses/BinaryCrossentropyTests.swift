import Foundation
import Testing

@testable import Lamina

@Suite struct BinaryCrossentropyTests {
  @Test func lossOfLogitsIsThatOfTheirSigmoids() {
    let logits: [[Float]] = [[-3, 0.5], [2, 0]]
    let probabilities = logits.map { $0.map { 1 / (1 + exp(-$0)) } }
    let targets: [[Float]] = [[0, 1], [0, 0.25]]
    let fromLogits = evaluate(.binaryCrossentropy(fromLogits: true), logits, targets)
    let fromProbabilities = evaluate(.binaryCrossentropy(), probabilities, targets)
    expectClose(fromLogits.losses, fromProbabilities.losses)
    expectClose(fromLogits.losses, [0.261332, 1.410038])
  }

  @Test func hugeLogitsAreSafe() {
    let (losses, gradient) = evaluate(
      .binaryCrossentropy(fromLogits: true), [[1e30], [1e30], [-1e30], [-1e30]],
      [[1], [0], [0], [1]])
    #expect(losses == [0, 1e30, 0, 1e30])
    #expect(gradient == [0, 1, 0, -1])
  }

  @Test func smallSlopesAreNotRoundedAway() {
    let (_, gradient) = evaluate(.binaryCrossentropy(fromLogits: true), [[20]], [[1]])
    expectClose(gradient, [-2.0611537e-9], absolute: 0)
  }

  @Test func probabilitiesAreClipped() {
    let (losses, gradient) = evaluate(.binaryCrossentropy(), [[0], [1]], [[1], [0]])
    expectClose(losses, [16.118096, 15.942385])
    #expect(gradient == [0, 0])
  }

  @Test func smoothingMovesTargetsTowardsAHalf() {
    let predictions: [[Float]] = [[0.3]]
    let smoothed = evaluate(.binaryCrossentropy(labelSmoothing: 0.2), predictions, [[1]])
    let plain = evaluate(.binaryCrossentropy(), predictions, [[0.9]])
    expectClose(smoothed.losses, plain.losses)
    expectClose(smoothed.gradient, plain.gradient)
  }

  @Test func targetsBeyondOneAreErrors() throws {
    let targets = Samples(labels: [0, 1, 2])
    expectError(.invalidArgument, "binary_crossentropy: sample 2 has the target 2") {
      try BinaryCrossentropy().check(targets: targets, outputShape: [1])
    }
  }
}
