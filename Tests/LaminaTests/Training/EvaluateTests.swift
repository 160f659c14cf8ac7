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
}
