import Testing

@testable import Lamina

@Suite struct FitErrorTests {
  private func dataset(
    labels: [Int32] = [0], shape: Shape = [4], name: String = "mine"
  ) throws -> Dataset {
    let count = labels.count * (shape.checkedElementCount ?? 0)
    return try Dataset(
      name: name, features: .float32([Float](repeating: 0, count: count)), sampleShape: shape,
      labels: labels)
  }

  @Test func modelMustBeCompiled() throws {
    let model = try smallModel()
    expectError(.invalidArgument, "sequential", "compile") { try model.fit(dataset()) }
    expectError(.invalidArgument, "sequential", "compile") { _ = try model.evaluate(dataset()) }
  }

  @Test func samplesMustFitTheNetwork() throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "sequential", "expected samples of shape [4]", "[5]") {
      try model.fit(dataset(shape: [5]))
    }
    expectError(.invalidArgument, "expected samples of shape [4]", "[2, 2]") {
      _ = try model.evaluate(dataset(shape: [2, 2]))
    }
    expectError(.invalidArgument, "[4]", "[3]", "validation") {
      try model.fit(dataset(), validation: dataset(shape: [3], name: "validation"))
    }
  }

  @Test func thereMustBeSamples() throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "mine: no samples") { try model.fit(dataset(labels: [])) }
    expectError(.invalidArgument, "mine: no samples") {
      _ = try model.evaluate(dataset(labels: []))
    }
  }

  @Test func labelsMustBeClasses() throws {
    let model = try compiledModel()
    let before = model.weightBits
    expectError(.invalidArgument, "mine", "sample 2 has label 3", "expected 0 to 2") {
      try model.fit(dataset(labels: [0, 2, 3]))
    }
    expectError(.invalidArgument, "other", "label -1") {
      try model.fit(dataset(), validation: dataset(labels: [-1], name: "other"))
    }
    #expect(model.weightBits == before)
  }

  @Test(arguments: [0, -1, 65_537, .max])
  func batchSizeIsBounded(batchSize: Int) throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "1 to 65536", "\(batchSize)") {
      try model.fit(dataset(), batchSize: batchSize)
    }
  }

  @Test func epochsAreNotNegative() throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "negative epochs", "-1") { try model.fit(dataset(), epochs: -1) }
  }

  @Test func outputMustBeOneAxis() throws {
    let model = try Sequential { Dropout(0.5, inputShape: [2, 3]) }
    try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy())
    expectError(.invalidArgument, "mine", "[2, 3]") { try model.fit(dataset(shape: [2, 3])) }
  }

  @Test func failedFitLeavesTheModelReady() throws {
    let model = try compiledModel()
    #expect(throws: LaminaError.self) { try model.fit(dataset(labels: [9])) }
    try model.fit(dataset())
  }

  @Test(arguments: [-0.1, .nan, .infinity] as [Double])
  func learningRatesThatAreNoneAreRefusedByCompile(rate: Double) throws {
    let model = try smallModel()
    let schedule = CosineDecay(rate, decaySteps: 10)
    for optimizer in [SGD(learningRate: .constant(rate)), SGD(learningRate: .schedule(schedule))] {
      expectError(.invalidArgument, "learning rate from 0 on", "\(Float(rate))") {
        try model.compile(optimizer: optimizer, loss: .meanSquaredError())
      }
    }
  }

  @Test(arguments: [-0.1, 1.1, .nan] as [Double])
  func momentsOutOfRangeAreRefusedByCompile(value: Double) throws {
    let model = try smallModel()
    let optimizers: [any Optimizer] = [
      Adam(beta1: value), AdamW(beta2: value), Nadam(beta1: value), RMSprop(rho: value),
      SGD(momentum: value),
    ]
    for optimizer in optimizers {
      expectError(.invalidArgument, "must be 0 to 1, got \(value)") {
        try model.compile(optimizer: optimizer, loss: .meanSquaredError())
      }
    }
    expectError(.invalidArgument, "epsilon must be at least 0, got -1.0") {
      try model.compile(optimizer: Adagrad(epsilon: -1), loss: .meanSquaredError())
    }
  }

  @Test func sampleWeightsMustBeFinite() throws {
    let model = try compiledModel()
    let weighted = try dataset(labels: [0, 1]).weighted(by: [1, .nan])
    for use in [
      { _ = try model.fit(weighted) }, { _ = try model.evaluate(weighted) },
      { _ = try model.testOnBatch(weighted) },
      { _ = try model.fit(dataset(labels: [0, 1]), validation: weighted) },
    ] as [() throws -> Void] {
      expectError(.invalidArgument, "mine: expected finite sample weights, sample 1 has nan") {
        try use()
      }
    }
  }

  @Test func eachWrongNumberHasItsSentence() throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "at least 1 step an epoch, got 0") {
      try model.fit(dataset(), stepsPerEpoch: 0)
    }
    expectError(.invalidArgument, "initial epoch -1") { try model.fit(dataset(), initialEpoch: -1) }
  }
}
