import Testing

@testable import Lamina

@Suite struct FreezingTests {
  private func values(_ model: Model, _ prefix: String) throws -> [[Float]] {
    try model.variableNames.filter { $0.hasPrefix(prefix) }.map {
      try #require(model.values(of: $0)).elements
    }
  }

  private func model(freezing names: Set<String>) throws -> Sequential {
    let model = try Sequential(seed: 3) {
      Conv2D(3, kernelSize: 3, inputShape: [6, 6, 1], name: "features")
      BatchNormalization(name: "normalization")
      Flatten()
      Dense(4, activation: .tanh, kernelRegularizer: .l2(), name: "hidden")
      Dense(3, name: "scores")
    }
    for layer in model.layers where names.contains(layer.name ?? "") { layer.trainable = false }
    return model
  }

  private func compile(_ model: Model, _ optimizer: any Optimizer = .adam()) throws {
    try model.compile(
      optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
  }

  @Test(arguments: [["features"], ["hidden"], ["scores"], ["features", "hidden"]])
  func frozenLayersStayAndOthersLearn(names: [String]) throws {
    let optimizers: [any Optimizer] = [
      .adamW(learningRate: 0.01, weightDecay: 0.1), .sgd(learningRate: 0.01, momentum: 0.9),
      .sgd(learningRate: 0.01, clipping: .globalNorm(0.1)),
    ]
    for optimizer in optimizers {
      let model = try model(freezing: Set(names))
      try compile(model, optimizer)
      let layers = ["features", "hidden", "scores"]
      let before = try layers.map { try values(model, $0) }
      try model.fit(pictures(40, size: 6), batchSize: 16, epochs: 2)
      for (layer, before) in zip(layers, before) {
        #expect((try values(model, layer) == before) == names.contains(layer), "\(layer)")
      }
    }
  }

  @Test func frozenNormalizationIsAsAfterTraining() throws {
    let data = try pictures(20, size: 6)
    let model = try model(freezing: ["normalization"])
    for (name, value) in [("moving_mean", 0.5), ("moving_variance", 2)] as [(String, Float)] {
      try model.setValues(
        of: "normalization/\(name)",
        to: Tensor(shape: [3], elements: [Float](repeating: value, count: 3)))
    }
    try compile(model)
    let before = try values(model, "normalization")
    // Without dropout a batch's loss is then what an evaluation gives.
    let expected = try model.testOnBatch(data)
    let batch = try model.trainOnBatch(data)
    expectClose(batch.loss, expected.loss)
    try model.fit(data)
    #expect(try values(model, "normalization") == before)
    model.layers[1].trainable = true
    try model.fit(data)
    for (after, before) in zip(try values(model, "normalization"), before) {
      #expect(after != before)
    }
  }

  @Test func layersCanBeFrozenAndThawedBetweenTrainings() throws {
    let data = try pictures(30, size: 6)
    let model = try model(freezing: [])
    try compile(model)
    try model.fit(data)
    let trained = try values(model, "features")
    model.layers[0].trainable = false
    try model.fit(data)
    #expect(try values(model, "features") == trained)
    model.layers[0].trainable = true
    try model.fit(data)
    #expect(try values(model, "features") != trained)
  }

  @Test func regularizersOfFrozenLayersDoNotCount() throws {
    let data = try pictures(10, size: 6)
    let model = try model(freezing: [])
    try compile(model)
    let regularized = try model.evaluate(data).loss
    model.layers[3].trainable = false
    let frozen = try model.evaluate(data).loss
    let kernel = try #require(model.values(of: "hidden/kernel")).elements
    let penalty = 0.01 * kernel.reduce(0.0) { $0 + Double($1 * $1) }
    #expect(penalty > 0.01)
    expectClose(regularized - frozen, penalty, absolute: 1e-5)
  }

  @Test func modelsThatAreFrozenAltogetherKeepTheirWeights() throws {
    let model = try model(freezing: ["features", "normalization", "hidden", "scores"])
    try compile(model)
    let before = model.weightBits
    let history = try model.fit(pictures(20, size: 6), epochs: 2)
    #expect(model.weightBits == before)
    #expect(history["loss"].count == 2 && history["loss"][0] == history["loss"][1])
  }

  @Test func weightsThatNoLossDependsOnStay() throws {
    let model = try branchedModel()
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      outputs: ["kind": OutputTraining(loss: .sparseCategoricalCrossentropy(fromLogits: true))])
    let before = try values(model, "amount")
    let others = try values(model, "shared") + values(model, "kind")
    try model.fit(branchedData(40), epochs: 2)
    #expect(try values(model, "amount") == before)
    for (after, before) in zip(try values(model, "shared") + values(model, "kind"), others) {
      #expect(after != before)
    }
  }

  @Test func frozenLayersAreSavedSo() throws {
    let model = try model(freezing: ["features"])
    let again = try Model.load(encoded: model.encoded())
    #expect(again.layers.map { $0.trainable } == [false, true, true, true, true])
  }
}
