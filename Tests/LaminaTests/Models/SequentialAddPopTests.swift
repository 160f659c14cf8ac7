import Testing

@testable import Lamina

@Suite struct SequentialAddPopTests {
  private func elements(_ model: Model, _ names: [String]) throws -> [[Float]] {
    try names.map { try #require(model.values(of: $0)).elements }
  }

  @Test func addingKeepsTheOthersWeights() throws {
    let model = try compiledModel()
    try model.fit(clusters(64))
    let names = model.variableNames
    let before = try elements(model, names)
    try model.add(Dropout(0.1))
    try model.add(Dense(2))
    #expect(model.variableNames == names + ["dense_2/kernel", "dense_2/bias"])
    #expect(try elements(model, names) == before)
    #expect(model.outputShape == [2])
  }

  @Test func poppingGivesTheLastLayer() throws {
    let model = try compiledModel()
    try model.fit(clusters(64))
    let names = ["dense/kernel", "dense/bias"]
    let before = try elements(model, names)
    let last = model.layers.last
    let popped = try model.pop()
    #expect(popped === last)
    #expect(model.layers.map { $0.className } == ["Flatten", "Dense", "Dropout"])
    #expect(model.variableNames == names && model.outputShape == [8])
    #expect(try elements(model, names) == before)
  }

  @Test func layerThatComesBackHasFreshWeights() throws {
    let model = try compiledModel()
    let fresh = try elements(model, ["dense_1/kernel"])
    try model.fit(clusters(64))
    let last = try #require(try model.pop())
    try model.add(last)
    #expect(try elements(model, ["dense_1/kernel"]) == fresh)
  }

  @Test func modelsGrowFromNothing() throws {
    let model = try Sequential(seed: 1)
    try model.add(Input([4]))
    #expect(model.outputShape == [4])
    try model.add(Flatten())
    try model.add(Dense(8, activation: .relu))
    try model.add(Dropout(0.2))
    try model.add(Dense(3))
    #expect(try model.configuration["config"] == smallModel().configuration["config"])
    #expect(model.layers.count == 4)
    while try model.pop() != nil {}
    #expect(model.layers.isEmpty && model.inputShape == [4])
    let later = try Sequential()
    try later.add(Dense(3))
    #expect(later.inputShape == nil)
    try later.build(inputShape: [5])
    try later.pop()
    #expect(later.inputShape == nil)
  }

  @Test func layersThatDoNotFitLeaveTheModelAsItWas() throws {
    let data = try clusters(64)
    let (model, other) = (try compiledModel(), try compiledModel())
    try model.fit(data)
    try other.fit(data)
    let summary = model.summary()
    expectError(.invalidArgument, "conv2d") { try model.add(Conv2D(3, kernelSize: 2)) }
    expectError(.invalidArgument, "an Input after the first layer") { try model.add(Input([3])) }
    let first = try #require(model.layers.first)
    expectError(.invalidArgument, "the same Flatten stands twice") { try model.add(first) }
    #expect(model.summary() == summary)
    // Also the optimizer's state.
    try model.fit(data)
    try other.fit(data)
    #expect(model.weightBits == other.weightBits)
  }

  @Test func trainingGoesOnWithTheNewLayer() throws {
    let model = try compiledModel()
    try model.fit(clusters(64))
    try model.pop()
    try model.add(Dense(3, name: "scores"))
    let before = try elements(model, ["dense/kernel", "scores/kernel"])
    try model.fit(clusters(64))
    for (after, before) in zip(try elements(model, ["dense/kernel", "scores/kernel"]), before) {
      #expect(after != before)
    }
  }

  @Test func modelsUnderTrainingDoNotChange() throws {
    let model = try compiledModel()
    try model.fit(clusters(10)) { _ in
      expectError(.busy) { try model.add(Dense(2)) }
      expectError(.busy) { try model.pop() }
      return .goOn
    }
    #expect(model.layers.count == 4)
  }

  @Test func sessionsKeepTheModelThatTheyWereMadeOf() throws {
    let model = try smallModel()
    let batch = try clusters(5).batch()
    let before = try model.predict(batch)
    let session = try Session(model)
    try model.add(Dense(2))
    #expect(try session.predict(batch) == before)
    #expect(try model.predict(batch).shape == [5, 2])
  }
}
