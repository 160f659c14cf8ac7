import Testing

@testable import Lamina

@Suite struct EarlyStoppingTests {
  private static func make(_ config: JSON) throws -> EarlyStopping {
    EarlyStopping(
      monitor: try #require(config["monitor"]?.stringValue),
      minDelta: try #require(config["min_delta"]?.numberValue),
      patience: try #require(config["patience"]?.integerValue),
      mode: CallbackTraces.mode(config), baseline: config["baseline"]?.numberValue,
      restoreBestWeights: config["restore_best_weights"] == .boolean(true),
      startFromEpoch: try #require(config["start_from_epoch"]?.integerValue))
  }

  @Test func countsAsKerasDoes() throws {
    for trace in try CallbackTraces.cases("EarlyStopping") {
      let name = try #require(trace["name"]?.stringValue)
      let callback = try EarlyStoppingTests.make(trace["config"] ?? .null)
      let model = try CallbackTraces.model()
      var first = 0
      for (series, fit) in zip(CallbackTraces.series(trace), trace["fits"]?.arrayValue ?? []) {
        let training = try CallbackTraces.training(model)
        try callback.trainingBegan(training)
        var waits: [Int] = []
        for (epoch, value) in series.enumerated() where !training.isStopped {
          try model.setValues(
            of: "dense/kernel", to: Tensor(shape: [1, 1], elements: [Float(first + epoch)]))
          var result = CallbackTraces.result(epoch, callback.monitor, value)
          if value == .null {
            expectError(.invalidArgument, "EarlyStopping: the epoch has no") {
              try callback.epochEnded(&result, training)
            }
          } else {
            try callback.epochEnded(&result, training)
          }
          waits.append(callback.wait)
        }
        try callback.trainingEnded(History(), training)
        first += waits.count
        #expect(waits == fit["wait"]?.integers, "\(name)")
        #expect(waits.count == fit["epochs"]?.integerValue, "\(name)")
        #expect(callback.stoppedEpoch == fit["stopped_epoch"]?.integerValue, "\(name)")
        #expect(callback.bestEpoch == fit["best_epoch"]?.integerValue, "\(name)")
        #expect(
          JSON.exactly(callback.best) == fit["best"].map { .exactly($0.exactNumber) }, "\(name)")
        let weight = model.values(of: "dense/kernel")?.elements[0]
        #expect(weight.map { Int($0) } == fit["weights"]?.integerValue, "\(name)")
      }
    }
  }

  @Test func epochsWithoutTheFigureAreAnError() throws {
    let model = try compiledModel()
    expectError(.invalidArgument, "EarlyStopping: the epoch has no \"val_loss\"; it has loss, acc")
    {
      try model.fit(clusters(32), callbacks: [EarlyStopping()])
    }
  }

  @Test func unknownDirectionIsAnErrorBeforeTheTraining() throws {
    let model = try compiledModel()
    let before = model.weightBits
    expectError(.invalidArgument, "EarlyStopping: no metric is called", "\"mystery\"", "mode: .min")
    {
      try model.fit(clusters(32), callbacks: [EarlyStopping(monitor: "mystery")])
    }
    #expect(model.weightBits == before)
  }

  @Test func trainingEndsWithTheBestWeights() throws {
    let data = try clusters(64)
    let model = try compiledModel()
    var weights: [[UInt32]] = []
    // A rate that makes things worse: the first epochs are the best ones.
    let scheduler = LearningRateScheduler { epoch, rate in epoch < 2 ? rate : 5 }
    let stopping = EarlyStopping(monitor: "loss", patience: 2, restoreBestWeights: true)
    let history = try model.fit(
      data, epochs: 20, callbacks: [scheduler, stopping]
    ) { event in
      if case .epochEnded = event { weights.append(model.weightBits) }
      return .goOn
    }
    #expect(history.epochs.count < 20)
    #expect(stopping.stoppedEpoch == history.epochs.count - 1)
    #expect(model.weightBits == weights[stopping.bestEpoch])
    #expect(stopping.bestEpoch < stopping.stoppedEpoch)
  }
}
