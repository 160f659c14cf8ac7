import Testing

@testable import Lamina

@Suite struct TerminateOnNaNTests {
  @Test func batchesThatKerasSees() throws {
    for trace in try CallbackTraces.cases("TerminateOnNaN") {
      let callback = TerminateOnNaN()
      let training = try CallbackTraces.training(CallbackTraces.model())
      try callback.trainingBegan(training)
      var seen: [Int] = []
      for epoch in trace["batches"]?.arrayValue ?? [] where !training.isStopped {
        seen.append(0)
        for loss in epoch.arrayValue ?? [] where !training.isStopped {
          training.progress.values =
            loss.exactNumber.map { [NamedValue(name: "loss", value: $0)] } ?? []
          try callback.batchEnded(training)
          seen[seen.count - 1] += 1
        }
      }
      #expect(seen == trace["seen"]?.integers, "\(trace["name"]?.stringValue ?? "")")
    }
  }

  /// One sample of the second batch is infinite.
  private func damaged() throws -> Dataset {
    var values = [Float](repeating: 1, count: 4 * 96)
    values[4 * 40] = .infinity
    return try Dataset(
      features: .float32(values), sampleShape: [4], labels: [Int32](repeating: 0, count: 96))
  }

  @Test func trainingEndsAfterTheBatch() throws {
    let model = try compiledModel()
    let history = try model.fit(
      damaged(), epochs: 3, shuffle: false, callbacks: [TerminateOnNaN()])
    #expect(history.epochs.count == 1)
    #expect(history["loss"].allSatisfy { !$0.isFinite })
    // The batch itself changed no weights.
    #expect(model.stepCount == 1)
    #expect(model.weightBits.allSatisfy { Float(bitPattern: $0).isFinite })
  }

  @Test func withoutItSuchALossIsAnError() throws {
    expectError(.invalidArgument, "epoch 1, batch 2: expected a finite loss") {
      try compiledModel().fit(damaged(), epochs: 3, shuffle: false)
    }
  }
}
