import Testing

@testable import Lamina

/// A whole training beside Keras's: 50 steps, of which every fifth has a partial
/// batch.
@Suite struct KerasTrainingTests {
  private struct Run {
    let golden: KerasGoldens.Training
    let model: Sequential
    let train: Dataset
    let validation: Dataset
  }

  private func start() throws -> Run {
    let golden = try KerasGoldens.load("training.json", as: KerasGoldens.Training.self)
    let all = try Dataset(
      features: .float32(golden.samples.flatMap { $0 }), sampleShape: [6], labels: golden.labels)
    let model = try Sequential {
      Dense(8, activation: .relu, inputShape: [6])
      Dense(5, activation: .tanh)
      Dense(3)
    }
    #expect(model.variableNames == golden.names)
    for (name, rows) in zip(golden.names, golden.before) {
      let shape = try #require(model.values(of: name)?.shape)
      try model.setValues(of: name, to: Tensor(shape: shape, elements: rows.flatMap { $0 }))
    }
    try model.compile(
      optimizer: .adam(learningRate: 0.01), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    return Run(
      golden: golden, model: model, train: try all[0..<golden.training_count],
      validation: try all[golden.training_count..<all.count])
  }

  @Test func weightsAndHistoryAreKerass() throws {
    let run = try start()
    let history = try run.model.fit(
      run.train, batchSize: 16, epochs: 10, validation: run.validation, shuffle: false)
    for (name, expected) in zip(run.golden.names, run.golden.after) {
      let values = try #require(run.model.values(of: name))
      // Rounding errors grow over 50 steps.
      expectClose(
        values.elements, expected.flatMap { $0 }, absolute: 1e-4, relative: 0, name)
    }
    #expect(Set(run.golden.history.keys) == ["loss", "accuracy", "val_loss", "val_accuracy"])
    for (name, expected) in run.golden.history {
      let values = history[name]
      #expect(values.count == 10)
      for (value, expected) in zip(values, expected) {
        expectClose(value, expected, absolute: 1e-5, relative: 1e-5, name)
      }
    }
  }

  @Test func evaluationAndPredictionsAreKerass() throws {
    let run = try start()
    try run.model.fit(run.train, batchSize: 16, epochs: 10, shuffle: false)
    let evaluation = try run.model.evaluate(run.validation)
    #expect(evaluation.sampleCount == 24)
    for (name, expected) in run.golden.evaluation {
      expectClose(try #require(evaluation[name]), expected, absolute: 1e-5, relative: 1e-5, name)
    }
    let predictions = try run.model.predict(run.validation.batch())
    // As far apart as the weights may be.
    expectClose(
      predictions.elements, run.golden.predictions.flatMap { $0 }, absolute: 2e-4, relative: 1e-4)
  }
}
