import Testing

@testable import Lamina

@Suite struct SparseCategoricalCrossentropyTests {
  @Test func lossesAndGradientsAreKerass() throws {
    let goldens = try KerasGoldens.load(
      "crossentropy.json", as: KerasGoldens.Cases<KerasGoldens.Crossentropy>.self)
    #expect(goldens.cases.map { $0.from_logits } == [true, false])
    for golden in goldens.cases {
      let loss = SparseCategoricalCrossentropy(fromLogits: golden.from_logits)
      let place = "from logits: \(golden.from_logits)"
      let outputs = matrix(golden.outputs)
      let gradient = matrix(outputs.rows, outputs.columns) { _ in .nan }
      let sum = loss.sum(predictions: outputs, labels: golden.labels.span, gradient: gradient)
      expectClose(sum, golden.losses.reduce(0) { $0 + Double($1) }, place)
      expectClose(gradient.toArray(), golden.gradient.flatMap { $0 }, place)
      #expect(isFramed(gradient) && isFramed(outputs))
      let each = golden.labels.indices.map { row in
        let label = [golden.labels[row]]
        return Float(
          loss.sum(
            predictions: outputs.rows(row..<row + 1), labels: label.span, gradient: nil))
      }
      expectClose(each, golden.losses, place)
    }
  }

  @Test(arguments: [true, false])
  func gradientIsTheSlopeOfTheMean(fromLogits: Bool) {
    var generator = SeededGenerator(seed: 4)
    let outputs = matrix(6, 5, from: &generator)
    // Probabilities away from where they are clipped.
    if !fromLogits { outputs.applySoftmax() }
    let labels: [Int32] = [0, 4, 2, 2, 1, 3]
    let loss = SparseCategoricalCrossentropy(fromLogits: fromLogits)
    let gradient = matrix(6, 5)
    _ = loss.sum(predictions: outputs, labels: labels.span, gradient: gradient)
    expectGradient(gradient, at: outputs, step: 3e-3, "outputs") {
      (0..<6).reduce(0.0) { sum, row in
        let label = [labels[row]]
        return sum
          + loss.sum(
            predictions: outputs.rows(row..<row + 1), labels: label.span, gradient: nil)
      } / 6
    }
  }

  @Test func labelsBeyondTheBatchAreNotLookedAt() {
    let labels: [Int32] = [0, 99]
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
    expectClose(
      loss.sum(predictions: matrix([[0, 0]]), labels: labels.span, gradient: nil), 0.693147)
  }

  @Test func labelsOutsideTheClassesAreErrors() throws {
    let loss = SparseCategoricalCrossentropy()
    try loss.check(labels: [0, 2, 1], outputShape: [3])
    for label in [-1, 3, .max, .min] as [Int32] {
      expectError(.invalidArgument, "sample 1 has label \(label)", "expected 0 to 2") {
        try loss.check(labels: [0, label], outputShape: [3])
      }
    }
    expectError(.invalidArgument, "one score a class", "[3, 4]") {
      try loss.check(labels: [0], outputShape: [3, 4])
    }
  }

  @Test func configurationIsKerass() {
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
    #expect(loss.name == "sparse_categorical_crossentropy")
    #expect(JSON.object(loss.configuration).text == #"{"from_logits":true}"#)
    #expect(!SparseCategoricalCrossentropy().fromLogits)
  }
}
