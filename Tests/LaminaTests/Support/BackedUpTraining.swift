import Foundation

@testable import Lamina

/// A training with every callback that remembers something, which can be broken
/// off and goes on from a backup in its folder.
struct BackedUpTraining {
  enum Source: CaseIterable {
    case dataset, partialEpochs, inOrder, stream, endlessStream
  }

  var source = Source.dataset
  var frequency = SaveFrequency.epoch
  var optimizer: () -> any Optimizer = { Adam(learningRate: 0.03) }
  var epochs = 6
  /// Which callback breaks the training off, and after how many events.
  var breaker: Breaker? = nil
  var onEvent: ((TrainingEvent) -> TrainingDecision)? = nil

  /// Throws at one of the training's events.
  final class Breaker: Callback {
    private var left: Int
    let isFirst: Bool

    init(after events: Int, isFirst: Bool) {
      left = events
      self.isFirst = isFirst
    }

    private func count() throws(LaminaError) {
      left -= 1
      if left == 0 { throw LaminaError(.inputOutput, "broken off") }
    }

    func epochBegan(_ training: Training) throws(LaminaError) { try count() }
    func batchBegan(_ training: Training) throws(LaminaError) { try count() }
    func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError) {
      if stage == .update { try count() }
    }
    func batchEnded(_ training: Training) throws(LaminaError) { try count() }
    func epochEnded(
      _ result: inout EpochResult, _ training: Training
    ) throws(LaminaError) { try count() }
    func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {
      try count()
    }
  }

  static func makeModel(_ optimizer: any Optimizer, seed: UInt64 = 7) throws -> Sequential {
    let model = try Sequential(seed: seed) {
      Dense(6, activation: .relu, inputShape: [4])
      BatchNormalization()
      Dropout(0.2)
      Dense(3)
    }
    try model.compile(
      optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    return model
  }

  /// Trains, from the folder's backup on where there is one.
  ///
  /// - Returns: the history, and the bytes of the model with its optimizer.
  @discardableResult
  func run(in folder: String) throws -> (history: History, model: [UInt8]) {
    let model = try BackedUpTraining.makeModel(optimizer())
    let data = try clusters(36)
    let validation = try clusters(20, seed: 2)
    let breaker = breaker ?? Breaker(after: 0, isFirst: false)
    var callbacks: [any Callback] = [
      CSVLogger(path: folder + "/before.csv", append: true),
      ReduceLROnPlateau(
        monitor: "loss", factor: 0.5, patience: 1, minDelta: 0.05, cooldown: 2),
      BackupAndRestore(path: folder + "/backup", saveFrequency: frequency),
      EarlyStopping(patience: 2, restoreBestWeights: true),
      ModelCheckpoint(
        path: folder + "/{epoch}.safetensors", saveBestOnly: true, includingOptimizer: true),
      ModelCheckpoint(path: folder + "/batch", saveFrequency: .batches(3)),
      CSVLogger(path: folder + "/after.csv"),
      TerminateOnNaN(),
    ]
    callbacks.insert(breaker, at: breaker.isFirst ? 0 : callbacks.count)
    let history: History
    switch source {
    case .dataset, .inOrder, .partialEpochs:
      history = try model.fit(
        data, batchSize: 8, epochs: epochs, stepsPerEpoch: source == .partialEpochs ? 3 : nil,
        validation: validation, shuffle: source != .inOrder, callbacks: callbacks,
        onEvent: onEvent)
    case .stream, .endlessStream:
      let batches = try stride(from: 0, to: 36, by: 8).map { try data[$0..<min($0 + 8, 36)] }
      history = try model.fit(
        batches: batches, epochs: epochs, stepsPerEpoch: source == .endlessStream ? 3 : nil,
        validation: validation, callbacks: callbacks, onEvent: onEvent)
    }
    return (history, try model.encoded(includingOptimizer: true))
  }

  /// What the training left in its folder, without the backup.
  static func files(in folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where !name.hasPrefix("backup") && !name.hasSuffix(".tmp") {
      files[name] = FileManager.default.contents(atPath: folder + "/" + name)
    }
    return files
  }
}
