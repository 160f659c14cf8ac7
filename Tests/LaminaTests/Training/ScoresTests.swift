import Testing

@testable import Lamina

@Suite struct ScoresTests {
  @Test func metricsOfOneNameAreNamedAsInKeras() throws {
    let model = try smallModel()
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy, .accuracy], weightedMetrics: [.accuracy, .accuracy])
    let evaluation = try model.evaluate(clusters(10))
    #expect(
      evaluation.values.map(\.name) == [
        "loss", "accuracy", "accuracy_1", "weighted_accuracy", "weighted_accuracy_1",
      ])
  }

  @Test func validationHasTheBatchesOfTheTraining() throws {
    let model = try smallModel(dropout: 0)
    // A sum depends on how the samples are divided.
    try model.compile(
      optimizer: .sgd(learningRate: 0),
      loss: .sparseCategoricalCrossentropy(fromLogits: true, reduction: .sum))
    let data = try clusters(12)
    let history = try model.fit(data, batchSize: 4, validation: data, shuffle: false)
    let losses = [history["val_loss"].first, history["loss"].first].map { Float($0 ?? .nan) }
    expectClose([losses[0]], [losses[1]])
    #expect(losses[0] < 0.5 * Float(try model.evaluate(data, batchSize: 12).loss))
  }
}
