import Foundation
import Testing

@testable import Lamina

@Suite struct ModelCheckpointTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The files that were saved since the last call.
  private func takeFiles() throws -> [String] {
    let names = try folder.names
    for name in names { try FileManager.default.removeItem(atPath: folder.path(name)) }
    return names
  }

  private func make(_ config: JSON) throws -> ModelCheckpoint {
    ModelCheckpoint(
      path: folder.path(try #require(config["filepath"]?.stringValue)),
      monitor: try #require(config["monitor"]?.stringValue),
      saveBestOnly: config["save_best_only"] == .boolean(true),
      mode: CallbackTraces.mode(config),
      saveFrequency: config["save_freq"]?.integerValue.map { .batches($0) } ?? .epoch,
      initialValueThreshold: config["initial_value_threshold"]?.numberValue)
  }

  @Test func savesWhatKerasSaves() throws {
    for trace in try CallbackTraces.cases("ModelCheckpoint") {
      // Keras saves where the figure is absent; here that is an error.
      let title = try #require(trace["name"]?.stringValue)
      if title == "absent" { continue }
      let callback = try make(trace["config"] ?? .null)
      let model = try CallbackTraces.model()
      for (series, fit) in zip(CallbackTraces.series(trace), trace["fits"]?.arrayValue ?? []) {
        let training = try CallbackTraces.training(model)
        try callback.trainingBegan(training)
        var saved: [String] = []
        for (epoch, value) in series.enumerated() {
          training.progress.epoch = epoch
          training.progress.values = [NamedValue(name: "loss", value: 1)]
          for batch in 0..<(trace["batches"]?.integerValue ?? 0) {
            training.progress.batch = batch + 1
            try callback.batchEnded(training)
            saved += try takeFiles()
          }
          var result = CallbackTraces.result(epoch, callback.monitor, value)
          try callback.epochEnded(&result, training)
          saved += try takeFiles()
        }
        #expect(saved == fit["saved"]?.strings, "\(title)")
        if callback.saveBestOnly {
          #expect(
            JSON.exactly(callback.best) == .exactly(fit["best"]?.exactNumber), "\(title)")
        }
      }
    }
  }

  @Test func filesAreTheModelsOfTheirEpochs() throws {
    let model = try compiledModel()
    var weights: [[UInt32]] = []
    try model.fit(
      clusters(64), epochs: 3,
      callbacks: [ModelCheckpoint(path: folder.path("{epoch}"), includingOptimizer: true)]
    ) { event in
      if case .epochEnded = event { weights.append(model.weightBits) }
      return .goOn
    }
    #expect(try folder.names == ["1", "2", "3"])
    for epoch in 1...3 {
      let saved = try Model.load(folder.path("\(epoch)"))
      #expect(saved.weightBits == weights[epoch - 1])
      try saved.compile(
        optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
      try saved.restoreTraining(from: folder.path("\(epoch)"))
      #expect(saved.stepCount == 2 * epoch)
    }
  }

  @Test func bestModelIsKept() throws {
    let model = try compiledModel()
    let path = folder.path("best")
    var weights: [[UInt32]] = []
    let history = try model.fit(
      clusters(64), epochs: 6, validation: clusters(32, seed: 3),
      callbacks: [
        LearningRateScheduler { epoch, rate in epoch < 3 ? rate : 4 },
        ModelCheckpoint(path: path, saveBestOnly: true),
      ]
    ) { event in
      if case .epochEnded = event { weights.append(model.weightBits) }
      return .goOn
    }
    let losses = history["val_loss"].map { Float($0) }
    let best = try #require(losses.firstIndex(of: losses.min() ?? 0))
    #expect(try Model.load(path).weightBits == weights[best])
  }

  @Test func errorsComeBeforeTheTraining() throws {
    let data = try clusters(32)
    for (path, problem) in [
      (folder.path("none/model"), "cannot be written: No such file"),
      ("{epoch", "a \"{\" without \"}\""), ("epoch}", "a \"}\" without \"{\""),
      ("{epoch:xyz}", "{epoch:xyz}"), ("{loss:.2}", "{loss:.2}"),
    ] {
      let model = try compiledModel()
      let error = #expect(throws: LaminaError.self) {
        try model.fit(data, callbacks: [ModelCheckpoint(path: path)])
      }
      #expect(error?.message.hasPrefix("ModelCheckpoint: ") == true)
      #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
      #expect(model.stepCount == 0)
    }
    for count in [0, -1] {
      expectError(.invalidArgument, "expected to save each 1 or more batches, got \(count)") {
        try compiledModel().fit(
          data,
          callbacks: [ModelCheckpoint(path: folder.path("a"), saveFrequency: .batches(count))])
      }
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func unknownNamesInThePathAreErrors() throws {
    for path in ["{val_loss}", "{batch}", "{loss:d}"] {
      expectError(.invalidArgument, "there is no \"") {
        try compiledModel().fit(
          clusters(32), callbacks: [ModelCheckpoint(path: folder.path(path))])
      }
    }
  }

  @Test func absentFiguresAreErrors() throws {
    expectError(.invalidArgument, "ModelCheckpoint: the epoch has no \"val_loss\"") {
      try compiledModel().fit(
        clusters(32), callbacks: [ModelCheckpoint(path: folder.path("a"), saveBestOnly: true)])
    }
  }
}
