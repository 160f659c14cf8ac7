import Testing

@testable import Lamina

@Suite struct FitTests {
  private func trained(
    seed: UInt64, epochs: Int = 3, shuffle: Bool = true, data: Dataset? = nil
  ) throws -> [UInt32] {
    let model = try compiledModel(seed: seed)
    try model.fit(data ?? clusters(203), epochs: epochs, shuffle: shuffle)
    return model.weightBits
  }

  @Test func sameSeedGivesTheSameBits() throws {
    #expect(try trained(seed: 1) == trained(seed: 1))
  }

  @Test func otherSeedsGiveOtherWeights() throws {
    #expect(try trained(seed: 1) != trained(seed: 2))
    #expect(try smallModel(seed: 1).weightBits != smallModel(seed: 2).weightBits)
  }

  @Test func trainingLearns() throws {
    let model = try compiledModel()
    let history = try model.fit(clusters(1000), epochs: 10)
    let losses = history["loss"]
    #expect(losses.count == 10)
    #expect(losses[9] < losses[0] / 2)
    #expect(try #require(model.evaluate(clusters(1000, seed: 2))["accuracy"]) > 0.9)
  }

  @Test func secondFitGoesOnWhereTheFirstEnded() throws {
    let data = try clusters(203)
    let model = try compiledModel()
    let first = try model.fit(data, epochs: 2)
    let second = try model.fit(data, epochs: 3)
    #expect(first.epochs.map { $0.epoch } == [0, 1])
    #expect(second.epochs.map { $0.epoch } == [0, 1, 2])
    #expect(try model.weightBits == trained(seed: 1, epochs: 5, data: data))
  }

  @Test func compilingAgainForgetsTheOptimizersState() throws {
    let data = try clusters(64)
    let model = try compiledModel()
    try model.fit(data)
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let again = try model.fit(data)
    #expect(again.epochs.map { $0.epoch } == [0])
    #expect(again.epochs[0].values.map { $0.name } == ["loss"])
  }

  @Test func validationIsWhatEvaluateGives() throws {
    let data = try clusters(100)
    let validation = try clusters(300, seed: 2)
    let model = try compiledModel()
    let history = try model.fit(data, epochs: 2, validation: validation)
    #expect(
      history.epochs[1].values.map { $0.name } == ["loss", "accuracy", "val_loss", "val_accuracy"])
    let evaluation = try model.evaluate(validation)
    #expect(history["val_loss"][1] == evaluation.loss)
    #expect(history["val_accuracy"][1] == evaluation["accuracy"])
    #expect(try model.weightBits == trained(seed: 1, epochs: 2, data: data))
  }

  @Test func modelIsBuiltByItsFirstData() throws {
    let model = try Sequential { Dense(3) }
    #expect(model.inputShape == nil)
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    try model.fit(clusters(10))
    #expect(model.inputShape == [4])
    #expect(model.outputShape == [3])
  }

  @Test func preprocessingAndClassesComeFromTheData() throws {
    let data = try Dataset(
      name: "letters", features: .uint8([0, 255, 7, 9]), sampleShape: [2], labels: [0, 1],
      classNames: ["a", "b"], preprocessing: .mnist)
    let model = try Sequential { Dense(2, inputShape: [2]) }
    try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    try model.fit(data)
    #expect(model.preprocessing == .mnist)
    #expect(model.labels == ["a", "b"])
  }

  @Test func recordSaysWhatTheTrainingWas() throws {
    let model = try compiledModel(seed: 7)
    #expect(model.trainingRecord == nil)
    let history = try model.fit(clusters(100), batchSize: 40, epochs: 2)
    let text = try #require(model.trainingRecord)
    let record = try #require(JSON(parsing: text).arrayValue?.first)
    #expect(record["dataset"] == .string("clusters"))
    #expect(record["samples"] == .integer(100))
    #expect(record["batch_size"] == .integer(40))
    #expect(record["epochs"] == .integer(2))
    #expect(record["seed"] == .string("7"))
    #expect(record["optimizer"]?["name"] == .string("adam"))
    #expect(record["optimizer"]?["learning_rate"] == .number(0.01))
    #expect(record["loss"]?["from_logits"] == .boolean(true))
    #expect(record["history"]?.arrayValue?.last?["loss"] == .number(history["loss"][1]))
  }

  @Test func recordListsEachTraining() throws {
    let model = try compiledModel()
    try model.fit(clusters(10), epochs: 0)
    #expect(model.trainingRecord == nil)
    try model.fit(clusters(10), epochs: 1)
    try model.fit(clusters(20), epochs: 2)
    let text = try #require(model.trainingRecord)
    let records = try #require(JSON(parsing: text).arrayValue)
    #expect(records.map { $0["samples"] } == [.integer(10), .integer(20)])
  }

  @Test func batchesLargerThanTheDataAreTheData() throws {
    let model = try compiledModel()
    let data = try clusters(10)
    try model.fit(data, batchSize: 65_536)
    let other = try compiledModel()
    try other.fit(data, batchSize: 10)
    #expect(model.weightBits == other.weightBits)
  }

  @Test func noEpochsChangeNothing() throws {
    let model = try compiledModel()
    let before = model.weightBits
    let history = try model.fit(clusters(10), epochs: 0)
    #expect(history.epochs.isEmpty)
    #expect(model.weightBits == before)
  }
}
