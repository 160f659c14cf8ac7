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

  @Test func memoryIsKeptForBatchesThatFit() throws {
    let model = try compiledModel()
    try model.trainOnBatch(clusters(20))
    let first = try #require(model.batchTrainer)
    try model.trainOnBatch(clusters(20, seed: 2))
    try model.trainOnBatch(clusters(7))
    #expect(model.batchTrainer === first)
    _ = try model.evaluate(clusters(5))
    try model.trainOnBatch(clusters(20))
    #expect(model.batchTrainer === first)
  }

  @Test func memoryIsLaidOutAnewWhereSomethingChanged() throws {
    let model = try compiledModel()
    var last: BatchTrainer?
    func expectNewTrainer(
      _ batch: Dataset, classWeights: [Int: Float] = [:],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      try model.trainOnBatch(batch, classWeights: classWeights)
      #expect(model.batchTrainer != nil, sourceLocation: sourceLocation)
      #expect(model.batchTrainer !== last, sourceLocation: sourceLocation)
      last = model.batchTrainer
    }
    try expectNewTrainer(clusters(8))
    try expectNewTrainer(clusters(9))
    try expectNewTrainer(clusters(9), classWeights: [1: 2])
    try expectNewTrainer(clusters(9))
    model.layers[1].trainable = false
    try expectNewTrainer(clusters(9))
    model.threadCount = 2
    try expectNewTrainer(clusters(9))
    let session = try Session(model)
    try expectNewTrainer(clusters(9))
    withExtendedLifetime(session) {}
    try model.compile(
      optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    #expect(model.batchTrainer == nil)
    try expectNewTrainer(clusters(9))
    try model.fit(clusters(9))
    #expect(model.batchTrainer == nil)
    try expectNewTrainer(clusters(9))
    try model.pop()
    #expect(model.batchTrainer == nil)
  }

  @Test func keptMemoryMakesNoDifference() throws {
    let (kept, fresh) = (try compiledModel(), try compiledModel())
    for step in 0..<6 {
      for model in [kept, fresh] {
        model.layers[1].trainable = step != 3
        try model.trainOnBatch(clusters([20, 7, 20, 12, 20, 3][step], seed: UInt64(step)))
        if model === fresh { model.batchTrainer = nil }
      }
      #expect(kept.weightBits == fresh.weightBits)
    }
  }
}
