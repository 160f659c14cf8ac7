import Testing

@testable import Lamina

@Suite struct LossValuesTests {
  private func tensor(_ shape: Shape, _ elements: [Float]) throws -> Tensor {
    try Tensor(shape: shape, elements: elements)
  }

  @Test func valueIsTheReducedLoss() throws {
    let targets = try tensor([2, 2], [0, 1, 0, 0])
    let predictions = try tensor([2, 2], [1, 1, 1, 0.5])
    let loss = MeanSquaredError()
    expectClose(try loss.values(targets: targets, predictions: predictions), [0.5, 0.625])
    expectClose(try loss.value(targets: targets, predictions: predictions), 0.5625)
    expectClose(
      try loss.value(targets: targets, predictions: predictions, sampleWeights: [2, 0]), 0.5)
    let sum = MeanSquaredError(reduction: .sum)
    expectClose(
      try sum.value(targets: targets, predictions: predictions, sampleWeights: [2, 1]), 1.625)
  }

  @Test func eachRowAlongTheLastAxisIsALoss() throws {
    let predictions = try tensor([2, 3, 2], (0..<12).map { Float($0) })
    let targets = try tensor([2, 3, 2], [Float](repeating: 0, count: 12))
    let loss = MeanAbsoluteError()
    expectClose(
      try loss.values(targets: targets, predictions: predictions),
      [0.5, 2.5, 4.5, 6.5, 8.5, 10.5])
    for weights: [Float] in [[0, 1], [0, 0, 0, 1, 1, 1]] {
      expectClose(
        try loss.value(targets: targets, predictions: predictions, sampleWeights: weights), 4.25)
    }
  }

  @Test func classesLackTheLastAxisOrHaveOneOfOne() throws {
    let predictions = try tensor([2, 2, 2], [0, 0, 0, 0, 9, 0, 0, 9])
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
    let expected: [Float] = [0.693147, 0.693147, 0.000123402, 9.000123]
    for shape: Shape in [[2, 2], [2, 2, 1]] {
      let targets = try tensor(shape, [0, 1, 0, 0])
      expectClose(
        try loss.values(targets: targets, predictions: predictions), expected, relative: 1e-4)
    }
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    let loss = MeanSquaredError()
    let predictions = try tensor([2, 2], [0, 0, 0, 0])
    expectError(.invalidArgument, "shape [2]", "got [3]") {
      _ = try loss.value(targets: tensor([2, 3], [0, 0, 0, 0, 0, 0]), predictions: predictions)
    }
    expectError(.invalidArgument, "2 predictions", "1 targets") {
      _ = try loss.value(targets: tensor([1, 2], [0, 0]), predictions: predictions)
    }
    expectError(.invalidArgument, "expected 2 sample weights, got 3") {
      _ = try loss.value(
        targets: predictions, predictions: predictions, sampleWeights: [1, 1, 1])
    }
    expectError(.invalidArgument, "shape []") {
      _ = try loss.value(targets: tensor([], [0]), predictions: predictions)
    }
  }

  @Test func noSamplesHaveNoLoss() throws {
    let none = try tensor([0, 3], [])
    #expect(try MeanSquaredError().value(targets: none, predictions: none) == 0)
    #expect(try MeanSquaredError().values(targets: none, predictions: none).isEmpty)
  }
}
