import Testing

@testable import Lamina

@Suite(.kerasParity("metrics")) struct MetricParityTests {
  @Test(arguments: [
    "BinaryAccuracy", "CategoricalAccuracy", "F1Score", "MeanAbsoluteError", "MeanSquaredError",
    "Precision", "Recall", "SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy",
    "TopKCategoricalAccuracy",
  ])
  func resultsAfterEachBatchAreKerass(_ className: String) throws {
    let cases = try KerasFixture("metrics", className).cases
    var measured = 0
    for golden in cases {
      let description = try #require(golden.json["metric"])
      guard try golden.tensor("result_0").shape.isEmpty else {
        // One figure for each class or threshold, which Lamina refuses.
        expectError(.unsupported, "figure") { _ = try MetricRegistry.make(description) }
        continue
      }
      if try hasWeightForEachNumber(golden) { continue }
      try measure(MetricRegistry.make(description), golden)
      measured += 1
    }
    #expect(measured > 8)
  }

  @Test func everyFixtureIsTested() throws {
    #expect(
      try KerasFixture.classNames(of: "metrics") == [
        "BinaryAccuracy", "CategoricalAccuracy", "F1Score", "MeanAbsoluteError",
        "MeanSquaredError", "Precision", "Recall", "SparseCategoricalAccuracy",
        "SparseTopKCategoricalAccuracy", "TopKCategoricalAccuracy",
      ])
  }

  /// Lamina has a weight for each row.
  private func hasWeightForEachNumber(_ golden: KerasFixture.Case) throws -> Bool {
    let predictions = try golden.tensor("predictions_0").shape
    return predictions.last != 1 && golden.tensors["weights_0"]?.shape == predictions
  }

  private func measure(_ metric: any Metric, _ golden: KerasFixture.Case) throws {
    let outputShape = Shape(Array(try golden.tensor("predictions_0").shape.dropFirst()))
    var state = [Double](repeating: 0, count: metric.stateCount(outputShape: outputShape))
    for (batch, predictions) in golden.numbered("predictions").enumerated() {
      let targets = try golden.tensor("targets_\(batch)")
      try metric.check(targets: Samples(fixture: targets), outputShape: outputShape)
      let rows = predictions.floats.count / outputShape.columnCount
      metric.update(
        &state,
        with: MetricRows(
          predictions: matrix(predictions, rows: rows), targets: matrix(targets, rows: rows),
          weights: golden.tensors["weights_\(batch)"].map { matrix($0, rows: $0.floats.count) }))
      golden.expect("result_\(batch)", [Float(metric.result(of: state))])
    }
  }

  private func matrix(_ tensor: FixtureTensor, rows: Int) -> MatrixView {
    let numbers = tensor.floats
    return LaminaTests.matrix(rows, numbers.count / rows) { numbers[$0] }
  }
}
