import Testing

@testable import Lamina

@Suite struct StreamingTests {
  private func batches(_ data: Dataset, _ sizes: [Int]) throws -> [Dataset] {
    var start = 0
    return try sizes.map { size in
      defer { start += size }
      return try data[start..<start + size]
    }
  }

  @Test func streamsTrainAsADataSetDoes() throws {
    let data = try clusters(103)
    let (streamed, whole) = (try compiledModel(), try compiledModel())
    let history = try streamed.fit(batches: batches(data, [32, 32, 32, 7]), epochs: 3)
    let expected = try whole.fit(data, epochs: 3, shuffle: false)
    #expect(streamed.weightBits == whole.weightBits)
    #expect(history["loss"] == expected["loss"])
    #expect(history["accuracy"] == expected["accuracy"])
    #expect(history.epochs.map { $0.batchCount } == [4, 4, 4])
  }

  @Test func batchesMayHaveAnySize() throws {
    let data = try clusters(100)
    let parts = try batches(data, [3, 40, 1, 7, 40, 9])
    let (streamed, stepped) = (try compiledModel(), try compiledModel())
    try streamed.fit(batches: parts)
    for part in parts { try stepped.trainOnBatch(part) }
    #expect(streamed.weightBits == stepped.weightBits)
    #expect(streamed.stepCount == 6)
  }

  @Test func epochsOfSomeStepsGoOnInTheData() throws {
    let parts = try batches(clusters(90), [10, 10, 10, 10, 10, 10, 10, 10, 10])
    var seen: [Int?] = []
    let model = try compiledModel()
    let other = try compiledModel()
    // 4 and 4; then only 1 is left; then they begin anew.
    let history = try model.fit(batches: parts, epochs: 4, stepsPerEpoch: 4) { event in
      if case .epochBegan(let progress) = event { seen.append(progress.batchCount) }
      return .goOn
    }
    #expect(history.epochs.map { $0.batchCount } == [4, 4, 1, 4])
    #expect(seen == [4, 4, 4, 4])
    for part in parts + parts.prefix(4) { try other.trainOnBatch(part) }
    #expect(model.weightBits == other.weightBits)
  }

  @Test func batchesThatEndWithAnEpochBeginAnew() throws {
    let parts = try batches(clusters(60), [10, 10, 10, 10, 10, 10])
    let model = try compiledModel()
    let history = try model.fit(batches: parts, epochs: 5, stepsPerEpoch: 3)
    #expect(history.epochs.map { $0.batchCount } == [3, 3, 3, 3, 3])
    let other = try compiledModel()
    for part in parts + parts + parts.prefix(3) { try other.trainOnBatch(part) }
    #expect(model.weightBits == other.weightBits)
  }

  /// A sequence that gives its batches once.
  private func once(_ parts: [Dataset]) -> AnyIterator<Dataset> {
    AnyIterator(parts.makeIterator())
  }

  @Test func sequencesThatPassOnceLastForTheirBatches() throws {
    let parts = try batches(clusters(60), [10, 10, 10, 10, 10, 10])
    let history = try compiledModel().fit(batches: once(parts), epochs: 3, stepsPerEpoch: 2)
    #expect(history.epochs.map { $0.batchCount } == [2, 2, 2])
    #expect(try compiledModel().fit(batches: once(parts)).epochs.map { $0.batchCount } == [6])
    expectError(.invalidArgument, "epoch 4: expected batches, the data have ended") {
      try compiledModel().fit(batches: once(parts), epochs: 4, stepsPerEpoch: 2)
    }
    expectError(.invalidArgument, "epoch 2: expected batches, the data have ended") {
      try compiledModel().fit(batches: once(parts), epochs: 2)
    }
    expectError(.invalidArgument, "sequential: expected batches, there are none") {
      try compiledModel().fit(batches: [])
    }
  }

  @Test func batchesAreMadeOneByOne() throws {
    let parts = try batches(clusters(60), [10, 10, 10, 10, 10, 10])
    var made = 0
    var iterator = parts.makeIterator()
    let counting = AnyIterator { () -> Dataset? in
      made += 1
      return iterator.next()
    }
    var madeAtSteps: [Int] = []
    try compiledModel().fit(batches: counting, stepsPerEpoch: 4) { event in
      if case .batchEnded = event { madeAtSteps.append(made) }
      return .goOn
    }
    #expect(madeAtSteps == [1, 2, 3, 4])
  }

  @Test func countIsKnownAfterTheFirstEpoch() throws {
    let parts = try batches(clusters(30), [10, 10, 10])
    var counts: [Int?] = []
    try compiledModel().fit(batches: parts, epochs: 2) { event in
      switch event {
      case .epochBegan(let progress), .epochEnded(let progress, _):
        counts.append(progress.batchCount)
      default: break
      }
      return .goOn
    }
    #expect(counts == [nil, 3, nil, 3])
  }

  @Test func weightsAreInAllBatchesOrInNone() throws {
    let parts = try batches(clusters(20), [10, 10])
    let weighted = try parts[1].weighted(by: [Float](repeating: 2, count: 10))
    for pair in [[parts[0], weighted], [weighted, parts[0]]] {
      expectError(.invalidArgument, "clusters: expected sample weights in all batches or in none") {
        try compiledModel().fit(batches: pair)
      }
    }
    let (model, other) = (try compiledModel(), try compiledModel())
    try model.fit(batches: [weighted, weighted])
    for _ in 0..<2 { try other.trainOnBatch(weighted) }
    #expect(model.weightBits == other.weightBits)
    try model.fit(batches: parts, classWeights: [1: 3])
    for part in parts { try other.trainOnBatch(part, classWeights: [1: 3]) }
    #expect(model.weightBits == other.weightBits)
  }

  @Test func batchesThatDoNotFitAreErrors() throws {
    let first = try clusters(10)
    expectError(.invalidArgument, "expected samples of shape [4]", "[5]") {
      try compiledModel().fit(batches: [first, clusters(10, features: 5)])
    }
    expectError(.invalidArgument, "empty: no samples") {
      try compiledModel().fit(batches: [first, clusters(0, name: "empty")])
    }
    let wrong = try Dataset(
      name: "wrong", features: .float32([1, 2, 3, 4]), sampleShape: [4], labels: [3])
    expectError(.invalidArgument, "wrong", "3") {
      try compiledModel().fit(batches: [first, wrong])
    }
    let columns = try Dataset(
      name: "columns", inputs: first.inputs,
      targets: [Samples(.int32(first.labels), shape: [1], count: 10)])
    expectError(.invalidArgument, "columns: expected targets of shape [] as in the first batch") {
      try compiledModel().fit(batches: [first, columns])
    }
  }

  @Test func streamsBuildTheModelAndAreValidated() throws {
    let model = try Sequential { Dense(3) }
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let history = try model.fit(
      batches: batches(clusters(40), [20, 20]), epochs: 2, validation: clusters(30, seed: 2))
    #expect(model.inputShape == [4])
    #expect(history.epochs[1].values.map { $0.name } == ["loss", "val_loss"])
    #expect(history["val_loss"][1] == (try model.evaluate(clusters(30, seed: 2)).loss))
  }

  @Test func stepsOfADataSetGoOnThroughIt() throws {
    let data = try clusters(70)
    let (model, other) = (try compiledModel(), try compiledModel())
    let history = try model.fit(
      data, batchSize: 10, epochs: 4, stepsPerEpoch: 3, shuffle: false)
    #expect(history.epochs.map { $0.batchCount } == [3, 3, 1, 3])
    let parts = try batches(data, [10, 10, 10, 10, 10, 10, 10])
    for part in parts + parts.prefix(3) { try other.trainOnBatch(part) }
    #expect(model.weightBits == other.weightBits)
  }
}
