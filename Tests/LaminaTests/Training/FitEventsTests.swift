import Testing

@testable import Lamina

@Suite struct FitEventsTests {
  /// An event in a few words.
  private func word(_ event: TrainingEvent) -> String? {
    switch event {
    case .batchBegan, .stageEnded: nil
    case .trainingBegan(let progress): "training of \(progress.epochCount)"
    case .epochBegan(let progress): "epoch \(progress.epoch) of \(progress.batchCount ?? 0)"
    case .batchEnded(let progress): "batch \(progress.batch)"
    case .epochEnded(let progress, let result): "end \(progress.epoch) \(result.epoch)"
    case .trainingEnded(let history): "trained \(history.epochs.count)"
    }
  }

  @Test func eventsComeInOrder() throws {
    let model = try compiledModel()
    var words: [String] = []
    try model.fit(clusters(5000), batchSize: 500, epochs: 2) { event in
      if let word = word(event) { words.append(word) }
      return .goOn
    }
    let batches = (1...10).map { "batch \($0)" }
    #expect(
      words == ["training of 2", "epoch 0 of 10"] + batches + ["end 0 0", "epoch 1 of 10"] + batches
        + ["end 1 1", "trained 2"])
  }

  @Test func eachBatchShowsItsStagesInOrder() throws {
    let model = try compiledModel()
    var words: [String] = []
    try model.fit(clusters(70), batchSize: 32) { event in
      switch event {
      case .batchBegan(let progress): words.append("began \(progress.batch)")
      case .stageEnded(let stage, let progress):
        words.append("\(stage) \(progress.batch)")
        #expect(stage == .forward && progress.batch == 0 || progress.batchLoss.isFinite)
      case .batchEnded(let progress): words.append("ended \(progress.batch)")
      default: break
      }
      return .goOn
    }
    let expected = (0..<3).flatMap { batch in
      ["began", "forward", "loss", "backward", "update"].map { "\($0) \(batch)" }
        + ["ended \(batch + 1)"]
    }
    #expect(words == expected)
  }

  @Test func watchingChangesNothing() throws {
    let data = try clusters(100)
    let watched = try compiledModel()
    try watched.fit(data, epochs: 2) { _ in .goOn }
    let model = try compiledModel()
    try model.fit(data, epochs: 2)
    #expect(watched.weightBits == model.weightBits)
  }

  @Test func stopEndsAfterTheBatchAndKeepsTheWeights() throws {
    let data = try clusters(320)
    let model = try compiledModel()
    var words: [String] = []
    let history = try model.fit(data, epochs: 5, shuffle: false) { event in
      if let word = word(event) { words.append(word) }
      if case .batchEnded(let progress) = event, progress.batch == 3 { return .stop }
      return .goOn
    }
    #expect(words.suffix(3) == ["batch 3", "end 0 0", "trained 1"])
    #expect(history.epochs.count == 1)
    let other = try compiledModel()
    let expected = try other.fit(data[0..<96], shuffle: false)
    #expect(model.weightBits == other.weightBits)
    #expect(history["loss"] == expected["loss"])
  }

  @Test func stopWorksAtEveryEvent() throws {
    func words(stoppingAt stop: String) throws -> [String] {
      var words: [String] = []
      try compiledModel().fit(clusters(64), epochs: 3) { event in
        if let word = word(event) { words.append(word) }
        return words.last == stop ? .stop : .goOn
      }
      return words
    }
    #expect(try words(stoppingAt: "training of 3") == ["training of 3", "trained 0"])
    #expect(
      try words(stoppingAt: "epoch 0 of 2") == ["training of 3", "epoch 0 of 2", "trained 0"])
    #expect(try words(stoppingAt: "end 1 1").suffix(2) == ["end 1 1", "trained 2"])
    #expect(try words(stoppingAt: "trained 3").count == 1 + 3 * 4 + 1)
  }

  @Test func modelCannotBeChangedWhileItTrains() throws {
    let data = try clusters(64)
    let model = try compiledModel()
    let bias = try Tensor(shape: [3], elements: [1, 2, 3])
    try model.fit(data, epochs: 2) { _ in
      expectError(.busy, "sequential") { try model.fit(data) }
      expectError(.busy) {
        try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy())
      }
      expectError(.busy) { try model.setValues(of: "dense_1/bias", to: bias) }
      return .goOn
    }
    let undisturbed = try compiledModel()
    try undisturbed.fit(data, epochs: 2)
    #expect(model.weightBits == undisturbed.weightBits)
    try model.fit(data)
  }

  @Test func modelCanBeUsedWhileItTrains() throws {
    let data = try clusters(96)
    let batch = try data.batch()
    let model = try compiledModel()
    var predictions: [Tensor] = []
    var evaluations: [Evaluation] = []
    var saved: [[UInt8]] = []
    var weights: [[UInt32]] = []
    var sessions: [Session] = []
    try model.fit(data) { event in
      guard case .batchEnded = event else { return .goOn }
      #expect(throws: Never.self) {
        predictions.append(try model.predict(batch))
        evaluations.append(try model.evaluate(data))
        saved.append(try model.encoded())
        sessions.append(try Session(model))
      }
      weights.append(model.weightBits)
      return .goOn
    }
    #expect(weights.count == 3 && Set(weights).count == 3)
    for index in 0..<3 {
      // What was seen then is what the saved model of then gives now.
      let then = try Model.load(encoded: saved[index])
      #expect(then.weightBits == weights[index])
      #expect(try then.predict(batch) == predictions[index])
      #expect(outputs(of: sessions[index], batch) == predictions[index].elements)
    }
    #expect(Set(evaluations.map { $0.loss }).count == 3)
  }

  private func outputs(of session: Session, _ batch: Tensor) -> [Float] {
    let outputs = matrix(batch.shape.dimensions[0], session.outputCount)
    SampleView.with(batch.elements) { session.predict($0, into: outputs) }
    return outputs.toArray()
  }

  @Test func sessionsMadeBeforeATrainingKeepTheirWeights() throws {
    let data = try clusters(96)
    let batch = try data.batch()
    let model = try compiledModel()
    let before = try model.predict(batch).elements
    let session = try Session(model)
    try model.fit(data)
    #expect(outputs(of: session, batch) == before)
    #expect(try model.predict(batch).elements != before)
    try model.setValues(of: "dense_1/bias", to: Tensor(shape: [3], elements: [9, 9, 9]))
    #expect(outputs(of: session, batch) == before)
  }
}
