import Foundation
import Testing

@testable import Lamina

@Suite struct SparseCategoricalCrossentropyTests {
  @Test func lossIsTheLogarithmOfTheRightClass() {
    let (losses, gradient) = evaluate(
      .sparseCategoricalCrossentropy(fromLogits: true), [[0, 0], [1000, 999]], [[1], [1]])
    expectClose(losses, [0.693147, 1.313262])
    expectClose(gradient, [0.5, -0.5, 0.731059, -0.731059])
    let (ofProbabilities, _) = evaluate(.sparseCategoricalCrossentropy(), [[2, 6]], [[0]])
    expectClose(ofProbabilities, [1.386294])
  }

  @Test func clippedProbabilitiesHaveNoSlope() {
    let (losses, gradient) = evaluate(
      .sparseCategoricalCrossentropy(), [[0, 1], [0, 1]], [[0], [1]])
    expectClose(losses, [16.118096, 1.192093e-7], absolute: 0)
    #expect(gradient == [0, 0, 0, 0])
  }

  @Test(arguments: [-1, 2, Float.nan, .infinity], [true, false])
  func uncheckedLabelsOutsideTheClassesAreNotANumber(_ label: Float, fromLogits: Bool) {
    let (losses, gradient) = evaluate(
      .sparseCategoricalCrossentropy(fromLogits: fromLogits), [[0.5, 0.5]], [[label]])
    #expect(losses[0].isNaN)
    #expect(gradient.allSatisfy { $0.isNaN })
  }

  @Test func labelsOutsideTheClassesAreErrors() throws {
    let loss = SparseCategoricalCrossentropy()
    try loss.check(targets: Samples(labels: [0, 2, 1]), outputShape: [3])
    for label in [-1, 3, .max, .min] as [Int32] {
      expectError(
        .invalidArgument, "sparse_categorical_crossentropy: sample 1 has label \(label)",
        "expected 0 to 2"
      ) {
        try loss.check(targets: Samples(labels: [0, label]), outputShape: [3])
      }
    }
  }

  @Test func configurationIsKerass() {
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
    #expect(loss.name == "sparse_categorical_crossentropy")
    #expect(JSON.object(loss.configuration).text == #"{"from_logits":true}"#)
    #expect(!SparseCategoricalCrossentropy().fromLogits)
  }

  /// Rows are computed several at a time, and long ones in pieces.
  @Test(arguments: [1, 2, 10, 16, 17, 511, 512, 513, 1100])
  func lossesOfManyRowsAndClassesAreThoseOfTheFormula(classes: Int) {
    let rows = classes > 500 ? 3 : 600
    var generator = SeededGenerator(seed: 4)
    let logits = (0..<rows).map { _ in generator.normals(classes).map { 8 * $0 } }
    let labels = (0..<rows).map { Float($0 % classes) }
    let (losses, gradient) = evaluate(
      .sparseCategoricalCrossentropy(fromLogits: true), logits, labels.map { [$0] })
    for row in 0..<rows {
      let powers = logits[row].map { exp(Double($0)) }
      let sum = powers.reduce(0, +)
      var shares = powers.map { Float($0 / sum) }
      let label = Int(labels[row])
      expectClose(Double(losses[row]), log(sum) - Double(logits[row][label]), absolute: 1e-5)
      shares[label] -= 1
      expectClose(Array(gradient[row * classes..<(row + 1) * classes]), shares)
    }
  }
}
