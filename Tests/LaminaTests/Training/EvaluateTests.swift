import Testing

@testable import Lamina

@Suite struct EvaluateTests {
  /// More samples than are computed at once, and none of them dropped.
  @Test(arguments: [1, 255, 256, 257, 600])
  func evaluationIsTheMeanOverAllSamples(count: Int) throws {
    let data = try clusters(count)
    let model = try compiledModel(dropout: 0.9)
    let predictions = try model.predict(data.batch())
    let labels = try Tensor(shape: [count], elements: data.labels.map { Float($0) })
    let loss = try SparseCategoricalCrossentropy(fromLogits: true)
      .value(targets: labels, predictions: predictions)
    let correct = (0..<count).count { row in
      let scores = predictions.elements[3 * row..<3 * row + 3]
      return scores.firstIndex(of: scores.max() ?? 0) == 3 * row + Int(data.labels[row])
    }
    let evaluation = try model.evaluate(data)
    #expect(evaluation.sampleCount == count)
    #expect(evaluation.values.map { $0.name } == ["loss", "accuracy"])
    expectClose(evaluation.loss, loss)
    #expect(evaluation["accuracy"] == Double(correct) / Double(count))
    #expect(evaluation.batchCount == (count + 31) / 32)
    #expect(evaluation["other"] == nil)
  }

  @Test func evaluationChangesNothing() throws {
    let model = try compiledModel()
    let before = model.weightBits
    _ = try model.evaluate(clusters(50))
    #expect(model.weightBits == before)
    #expect(model.trainingRecord == nil)
    #expect(model.preprocessing == nil)
  }

  @Test func samplesAreComputedInWholeBatchesAndNoMoreThanThereAre() {
    // Many small batches at once, one large one, and never 65,536 rows for 20.
    for (batchSize, count, rows) in [
      (32, 10_000, 256), (32, 20, 20), (32, 33, 64), (100, 10_000, 200), (300, 10_000, 300),
      (65_536, 20, 20), (1, 1, 1), (7, 10_000, 252),
    ] {
      #expect(evaluationRows(batchSize: batchSize, sampleCount: count) == rows)
    }
  }
}
