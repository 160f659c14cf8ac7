import Testing

@testable import Lamina

@Suite struct LearningRateSchedulerTests {
  private static func schedule(_ name: String) -> (Int, Float) -> Float {
    switch name {
    case "by epoch": { epoch, _ in Float(0.1 / Double(1 + epoch)) }
    case "halved": { epoch, rate in epoch < 2 ? rate : rate * 0.5 }
    default: { _, rate in rate }
    }
  }

  @Test func ratesAreKeras() throws {
    for trace in try CallbackTraces.cases("LearningRateScheduler") {
      let name = try #require(trace["name"]?.stringValue)
      let schedule = LearningRateSchedulerTests.schedule(name)
      var asked: [(epoch: Int, rate: Float)] = []
      let callback = LearningRateScheduler { epoch, rate in
        asked.append((epoch, rate))
        return schedule(epoch, rate)
      }
      let training = try CallbackTraces.training(CallbackTraces.model())
      try callback.trainingBegan(training)
      var (rates, logged): ([Double], [Double]) = ([], [])
      for epoch in 0..<5 {
        training.progress.epoch = epoch
        try callback.epochBegan(training)
        rates.append(Double(training.learningRate))
        var result = CallbackTraces.result(epoch, "loss", .integer(1))
        try callback.epochEnded(&result, training)
        logged.append(result["learning_rate"] ?? .nan)
      }
      #expect(rates == trace["learning_rates"]?.numbers, "\(name)")
      #expect(logged == trace["logged"]?.numbers, "\(name)")
      for (own, expected) in zip(asked, trace["asked"]?.arrayValue ?? []) {
        #expect(own.epoch == expected["epoch"]?.integerValue, "\(name)")
        if let rate = expected["rate"]?.numbers.first {
          #expect(Double(own.rate) == rate, "\(name)")
        }
      }
    }
  }

  @Test func ratesThatAreNoneAreErrors() throws {
    for rate in [-1, .nan, .infinity] as [Float] {
      expectError(.invalidArgument, "LearningRateScheduler: ", "got \(rate)") {
        try compiledModel().fit(clusters(32), callbacks: [LearningRateScheduler { _, _ in rate }])
      }
    }
  }

  @Test func historyHasTheRates() throws {
    let history = try compiledModel().fit(
      clusters(32), epochs: 3, initialEpoch: 1,
      callbacks: [LearningRateScheduler { epoch, _ in Float(epoch) / 64 }])
    #expect(history["learning_rate"] == [1.0 / 64, 2.0 / 64])
    #expect(history.epochs.map { $0.epoch } == [1, 2])
  }
}
