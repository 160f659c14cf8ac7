import Testing

@testable import Lamina

@Suite struct ClassWeightTests {
  private let weights: [Int: Float] = [0: 0.5, 2: 3]

  private func weighted(_ data: Dataset) throws -> Dataset {
    try data.weighted(by: data.labels.map { weights[Int($0)] ?? 1 })
  }

  @Test func classesWeighTheirSamples() throws {
    let data = try clusters(70)
    let (model, other) = (try compiledModel(), try compiledModel())
    let history = try model.fit(data, epochs: 2, classWeights: weights)
    let expected = try other.fit(weighted(data), epochs: 2)
    #expect(model.weightBits == other.weightBits)
    #expect(history["loss"] == expected["loss"])
    // Metrics count every sample once.
    #expect(history["accuracy"] == expected["accuracy"])
    let plain = try compiledModel()
    try plain.fit(data, epochs: 2)
    #expect(model.weightBits != plain.weightBits)
  }

  @Test func weightsOfOneChangeNothing() throws {
    let data = try clusters(70)
    let (model, other) = (try compiledModel(), try compiledModel())
    let history = try model.fit(data, classWeights: [0: 1, 1: 1, 7: 1])
    let expected = try other.fit(data)
    for name in ["loss", "accuracy"] { expectClose(history[name][0], expected[name][0]) }
    for name in model.variableNames {
      let values = try #require(model.values(of: name)).elements
      expectClose(values, try #require(other.values(of: name)).elements, absolute: 1e-5, name)
    }
  }

  @Test func targetsWithAColumnForEachClassHaveClasses() throws {
    let data = try clusters(40)
    let columns = data.labels.flatMap { label -> [Float] in
      (0..<3).map { $0 == label ? 1 : 0 }
    }
    let categorical = try Dataset(
      inputs: data.inputs, targets: [Samples(.float32(columns), shape: [3], count: 40)])
    func loss(_ data: Dataset, _ loss: any Loss) throws -> Double {
      let model = try smallModel(dropout: 0)
      try model.compile(optimizer: .sgd(), loss: loss)
      return try model.trainOnBatch(data, classWeights: weights).loss
    }
    expectClose(
      try loss(categorical, .categoricalCrossentropy(fromLogits: true)),
      try loss(data, .sparseCategoricalCrossentropy(fromLogits: true)))
  }

  @Test func validationIsNotWeighted() throws {
    let data = try clusters(30)
    let model = try compiledModel()
    let history = try model.fit(data, validation: data, classWeights: weights)
    #expect(history["val_loss"][0] == (try model.evaluate(data).loss))
  }

  @Test func weightsThatCannotBeAreErrors() throws {
    let data = try clusters(10)
    for weight in [-1, .nan, .infinity] as [Float] {
      expectError(.invalidArgument, "the weight of class 2") {
        try compiledModel().fit(data, classWeights: [0: 1, 2: weight])
      }
    }
    expectError(.invalidArgument, "clusters: expected class weights or sample weights, got both") {
      try compiledModel().fit(weighted(data), classWeights: weights)
    }
    expectError(.invalidArgument, "got both") {
      try compiledModel().trainOnBatch(weighted(data), classWeights: weights)
    }
  }

  @Test func modelsOfSeveralOutputsHaveNone() throws {
    let model = try branchedModel()
    try model.compileBranches()
    for train in [
      { try model.fit(branchedData(10), classWeights: weights) },
      { try model.trainOnBatch(branchedData(10), classWeights: weights) },
      { try model.fit(batches: [branchedData(10)], classWeights: weights) },
    ] as [() throws -> Any] {
      expectError(.invalidArgument, "branching: expected no class weights", "2 outputs") {
        _ = try train()
      }
    }
  }
}
