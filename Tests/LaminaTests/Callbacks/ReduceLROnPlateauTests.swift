import Testing

@testable import Lamina

@Suite struct ReduceLROnPlateauTests {
  private static func make(_ config: JSON) throws -> ReduceLROnPlateau {
    ReduceLROnPlateau(
      monitor: try #require(config["monitor"]?.stringValue),
      factor: try #require(config["factor"]?.numberValue),
      patience: try #require(config["patience"]?.integerValue),
      mode: CallbackTraces.mode(config),
      minDelta: try #require(config["min_delta"]?.numberValue),
      cooldown: try #require(config["cooldown"]?.integerValue),
      minLearningRate: try #require(config["min_lr"]?.numberValue))
  }

  @Test func countsAsKerasDoes() throws {
    for trace in try CallbackTraces.cases("ReduceLROnPlateau") {
      let name = try #require(trace["name"]?.stringValue)
      let callback = try ReduceLROnPlateauTests.make(trace["config"] ?? .null)
      let model = try CallbackTraces.model()
      for (series, fit) in zip(CallbackTraces.series(trace), trace["fits"]?.arrayValue ?? []) {
        let training = try CallbackTraces.training(model)
        try callback.trainingBegan(training)
        var (rates, logged): ([Double], [Double]) = ([], [])
        var (waits, cooldowns): ([Int], [Int]) = ([], [])
        for (epoch, value) in series.enumerated() {
          var result = CallbackTraces.result(epoch, callback.monitor, value)
          if value == .null {
            expectError(.invalidArgument, "ReduceLROnPlateau: the epoch has no") {
              try callback.epochEnded(&result, training)
            }
          } else {
            try callback.epochEnded(&result, training)
          }
          rates.append(Double(training.learningRate))
          logged.append(result["learning_rate"] ?? .nan)
          waits.append(callback.progress.wait)
          cooldowns.append(callback.progress.cooldown)
        }
        #expect(rates == fit["learning_rates"]?.numbers, "\(name)")
        #expect(logged == fit["logged"]?.numbers, "\(name)")
        #expect(waits == fit["wait"]?.integers, "\(name)")
        #expect(cooldowns == fit["cooldown"]?.integers, "\(name)")
      }
    }
  }

  @Test func settingsOutOfRangeAreErrors() throws {
    let data = try clusters(32)
    for factor in [1, 1.5, -0.1, .nan] {
      expectError(.invalidArgument, "expected a factor of 0 to below 1, got \(factor)") {
        try compiledModel().fit(
          data, callbacks: [ReduceLROnPlateau(monitor: "loss", factor: factor)])
      }
    }
    for rate in [-1, .infinity, .nan] {
      expectError(.invalidArgument, "expected a least learning rate from 0 on, got \(rate)") {
        try compiledModel().fit(
          data, callbacks: [ReduceLROnPlateau(monitor: "loss", minLearningRate: rate)])
      }
    }
  }

  @Test func schedulesAreRefusedBeforeTheTraining() throws {
    let model = try smallModel()
    try model.compile(
      optimizer: .sgd(learningRate: .schedule(CosineDecay(0.1, decaySteps: 9))),
      loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let callbacks: [any Callback] = [
      ReduceLROnPlateau(monitor: "loss"), LearningRateScheduler { $1 },
    ]
    for callback in callbacks {
      expectError(.invalidArgument, "the learning rate follows CosineDecay") {
        try model.fit(clusters(32), callbacks: [callback])
      }
    }
    #expect(model.stepCount == 0)
  }
}
