import Testing

@testable import Lamina

@Suite struct EvaluateTests {
  /// More samples than are computed at once, and none of them dropped.
  @Test(arguments: [1, 255, 256, 257, 600])
  func evaluationIsTheMeanOverAllSamples(count: Int) throws {
    let data = try clusters(count)
    let model = try compiledModel(dropout: 0.9)
    let predictions = try model.predict(data.batch())
    let view = matrix(count, 3) { predictions.elements[$0] }
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
      .sum(predictions: view, labels: data.labels.span, gradient: nil)
    let correct = Accuracy().sum(predictions: view, labels: data.labels.span)
    let evaluation = try model.evaluate(data)
    #expect(evaluation.sampleCount == count)
    #expect(evaluation.values.map { $0.name } == ["loss", "accuracy"])
    expectClose(evaluation.loss, loss / Double(count))
    #expect(evaluation["accuracy"] == correct / Double(count))
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
