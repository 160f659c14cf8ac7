import Testing

@testable import Lamina

@Suite struct TrainOnBatchTests {
  @Test func stepIsThatOfAFitWithOneBatch() throws {
    let data = try clusters(20)
    let (model, other) = (try compiledModel(), try compiledModel())
    for _ in 0..<3 {
      let step = try model.trainOnBatch(data)
      let epoch = try other.fit(data, batchSize: 20, shuffle: false)
      #expect(step.values == epoch.epochs[0].values)
    }
    #expect(model.weightBits == other.weightBits)
    #expect(model.stepCount == 3)
  }

  @Test func valuesAreFromBeforeTheStep() throws {
    let data = try clusters(20)
    let model = try compiledModel(dropout: 0)
    let before = try model.testOnBatch(data)
    let step = try model.trainOnBatch(data)
    #expect(step.sampleCount == 20 && step.batchCount == 1)
    expectClose(step.loss, before.loss)
    #expect(step["accuracy"] == before["accuracy"])
    #expect(try model.testOnBatch(data).loss < before.loss)
  }

  @Test func testOnBatchIsAnEvaluationInOneBatch() throws {
    let data = try clusters(40)
    let model = try compiledModel()
    #expect(try model.testOnBatch(data).values == model.evaluate(data, batchSize: 40).values)
    let before = model.weightBits
    _ = try model.testOnBatch(data)
    #expect(model.weightBits == before && model.stepCount == 0)
  }

  @Test func firstBatchBuildsTheModel() throws {
    let model = try Sequential { Dense(2) }
    try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let batch = try Dataset(
      name: "letters", features: .uint8([0, 255, 7, 9]), sampleShape: [2], labels: [0, 1],
      classNames: ["a", "b"], preprocessing: .mnist)
    try model.trainOnBatch(batch)
    #expect(model.inputShape == [2])
    #expect(model.preprocessing == .mnist && model.labels == ["a", "b"])
  }

  @Test func lossThatIsNotFiniteLeavesTheWeights() throws {
    let model = try compiledModel()
    let before = model.weightBits
    let batch = try Dataset(
      name: "bad", features: .float32([1, .nan, 3, 4]), sampleShape: [4], labels: [1])
    expectError(.invalidArgument, "bad: expected a finite loss, got nan") {
      try model.trainOnBatch(batch)
    }
    #expect(model.weightBits == before && model.stepCount == 0)
  }

  @Test func batchesThatDoNotFitAreErrors() throws {
    expectError(.invalidArgument, "call compile") { try smallModel().trainOnBatch(clusters(3)) }
    let model = try compiledModel()
    expectError(.invalidArgument, "clusters: no samples") { try model.trainOnBatch(clusters(0)) }
    expectError(.invalidArgument, "shape [4]") { try model.trainOnBatch(clusters(3, features: 5)) }
    try model.fit(clusters(10)) { _ in
      expectError(.busy) { try model.trainOnBatch(clusters(3)) }
      return .goOn
    }
  }

  @Test func sessionsKeepTheirWeights() throws {
    let data = try clusters(10)
    let model = try compiledModel()
    let session = try Session(model)
    let before = try session.predict(data.batch())
    try model.trainOnBatch(data)
    #expect(try session.predict(data.batch()) == before)
    #expect(try model.predict(data.batch()) != before)
  }
}
