import Testing

@testable import Lamina

@Suite struct ModelFileTrainingTests {
  static let optimizers: [@Sendable () -> any Optimizer] = [
    { SGD(learningRate: 0.1) }, { SGD(learningRate: 0.1, momentum: 0.9) },
    { SGD(learningRate: 0.1, momentum: 0.9, nesterov: true, clipping: .norm(0.5)) },
    { Adam(learningRate: 0.01, weightDecay: WeightDecay(0.01)) }, { AdamW(learningRate: 0.01) },
    { Nadam(learningRate: 0.01) }, { RMSprop(learningRate: 0.01) },
    { RMSprop(learningRate: 0.01, momentum: 0.5, centered: true) },
    { Adagrad(learningRate: 0.1) },
    { Adam(learningRate: .schedule(CosineDecay(0.1, decaySteps: 30))) },
  ]

  private func trained(_ optimizer: any Optimizer) throws -> Sequential {
    let model = try BackedUpTraining.makeModel(optimizer)
    try model.fit(clusters(50), batchSize: 8, epochs: 2)
    return model
  }

  private func restored(_ bytes: [UInt8], _ optimizer: any Optimizer) throws -> Sequential {
    let model = try BackedUpTraining.makeModel(optimizer)
    try model.restoreTraining(encoded: bytes)
    return model
  }

  @Test(arguments: optimizers)
  func trainingGoesOnToTheBit(make: @Sendable () -> any Optimizer) throws {
    let model = try trained(make())
    let bytes = try model.encoded(includingOptimizer: true)
    let again = try restored(bytes, make())
    #expect(again.stepCount == model.stepCount && again.stepCount == 14)
    #expect(again.learningRate == model.learningRate)
    #expect(again.weightBits == model.weightBits)
    try model.fit(clusters(50), batchSize: 8, epochs: 2)
    try again.fit(clusters(50), batchSize: 8, epochs: 2)
    #expect(again.weightBits == model.weightBits)
    again.trainingRecord = model.trainingRecord
    #expect(
      try again.encoded(includingOptimizer: true) == model.encoded(includingOptimizer: true))
  }

  @Test func loadedModelsGoOn() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("model")
    let model = try trained(Adam())
    try model.save(path, includingOptimizer: true)
    #expect(try folder.bytes("model") == model.encoded(includingOptimizer: true))
    let again = try Model.load(path)
    #expect(again.weightBits == model.weightBits)
    try again.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    try again.restoreTraining(from: path)
    #expect(
      try again.encoded(includingOptimizer: true) == model.encoded(includingOptimizer: true))
    // The same shuffles and masks follow.
    #expect(again.seed == 7)
    try again.fit(clusters(50))
    try model.fit(clusters(50))
    #expect(again.weightBits == model.weightBits)
  }

  @Test func stateIsLeftOutUnlessItIsWanted() throws {
    let model = try trained(Adam())
    let plain = try model.encoded()
    let whole = try model.encoded(includingOptimizer: true)
    #expect(try safetensorsHeader(of: plain).entries.count == 8)
    #expect(!model.metadata.contains { $0.key == "training_state" })
    // Loaded and saved again the file is the plain one.
    #expect(try Model.load(encoded: whole).encoded() == plain)
    #expect(whole.count > plain.count)
  }

  @Test func layoutIsTheDocumentedOne() throws {
    let model = try trained(Adam(learningRate: 0.25))
    model.foreignMetadata = [Metadata(key: "author", value: "somebody")]
    let header = try safetensorsHeader(of: model.encoded(includingOptimizer: true))
    #expect(
      header.metadata.map { $0.key } == [
        "lamina_format_version", "config", "training", "training_state", "test_vector", "author",
      ])
    #expect(
      header.entries.map { $0.name } == [
        "dense/kernel", "dense/bias", "batch_normalization/gamma", "batch_normalization/beta",
        "batch_normalization/moving_mean", "batch_normalization/moving_variance",
        "dense_1/kernel", "dense_1/bias",
      ]
        + ["momentum", "velocity"].flatMap { slot in
          [
            "dense/kernel", "dense/bias", "batch_normalization/gamma",
            "batch_normalization/beta", "dense_1/kernel", "dense_1/bias",
          ].map { "optimizer/\(slot)/\($0)" }
        })
    let state = try JSON(parsing: header.metadata[3].value)
    #expect(state["optimizer"]?["class_name"] == .string("Adam"))
    #expect(state["optimizer"]?["config"] == .object(Adam(learningRate: 0.25).configuration))
    #expect(state["step"] == .integer(14) && state["epoch"] == .integer(2))
    #expect(state["seed"] == .string("7"))
    #expect(state["learning_rate"] == .number(0.25) && state["fit"] == nil)
  }

  @Test func learningRateThatWasSetComesBack() throws {
    let model = try trained(Adam(learningRate: 0.01))
    try model.setLearningRate(0.125)
    let bytes = try model.encoded(includingOptimizer: true)
    #expect(try restored(bytes, Adam(learningRate: 0.5)).learningRate == 0.125)
    // A schedule decides for itself.
    let schedule = Adam(learningRate: .schedule(CosineDecay(1, decaySteps: 28)))
    expectClose(Double(try restored(bytes, schedule).learningRate ?? 0), 0.5)
  }

  @Test func freshTrainingsAreKeptToo() throws {
    let model = try BackedUpTraining.makeModel(Adagrad())
    let bytes = try model.encoded(includingOptimizer: true)
    let other = try trained(Adagrad())
    try other.restoreTraining(encoded: bytes)
    #expect(other.stepCount == 0 && other.weightBits == model.weightBits)
    other.trainingRecord = nil
    #expect(try other.encoded(includingOptimizer: true) == bytes)
  }

  @Test func modelMustBeCompiled() throws {
    let model = try smallModel()
    expectError(.invalidArgument, "call compile") {
      _ = try model.encoded(includingOptimizer: true)
    }
    let bytes = try trained(Adam()).encoded(includingOptimizer: true)
    expectError(.invalidArgument, "call compile") { try model.restoreTraining(encoded: bytes) }
  }

  @Test func sessionsKeepTheirWeights() throws {
    let model = try trained(Adam())
    let bytes = try model.encoded(includingOptimizer: true)
    try model.fit(clusters(50))
    let store = try model.built().store
    let before = store.trainable.row.toArray()
    try model.restoreTraining(encoded: bytes)
    #expect(store.trainable.row.toArray() == before)
  }

  @Test func restoringWaitsForTheEndOfATraining() throws {
    let model = try trained(Adam())
    let bytes = try model.encoded(includingOptimizer: true)
    try model.fit(clusters(50)) { _ in
      expectError(.busy, "a training is under way") { try model.restoreTraining(encoded: bytes) }
      return .goOn
    }
  }
}
