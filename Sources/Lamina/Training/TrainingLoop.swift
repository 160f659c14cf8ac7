/// The loop of a training: in each epoch batch after batch, and for each batch
/// forward, loss, backward, update.
final class TrainingLoop {
  private let training: Training
  private let source: any BatchSource
  private let makeTrainer: (_ rows: Int) throws(LaminaError) -> BatchTrainer
  private let callbacks: [any Callback]
  private let handlesNaN: Bool
  private var scores: Scores

  /// - Parameter makeTrainer: gives a trainer for batches of so many samples;
  ///   called again where a larger batch comes.
  init(
    training: Training, source: any BatchSource, scores: Scores,
    makeTrainer: @escaping (_ rows: Int) throws(LaminaError) -> BatchTrainer
  ) {
    self.training = training
    self.source = source
    self.scores = scores
    self.makeTrainer = makeTrainer
    callbacks = training.callbacks
    handlesNaN = callbacks.contains { $0.handlesNaN }
  }

  /// - Parameter validate: gives an epoch's further values.
  func run(
    validate: () throws(LaminaError) -> [NamedValue]
  ) throws(LaminaError) -> History {
    var history = History()
    for callback in callbacks { try callback.trainingBegan(training) }
    while training.progress.epoch < training.progress.epochCount, !training.isStopped {
      try runEpoch()
      guard scores.sampleCount > 0 else { break }
      var result = EpochResult(
        epoch: training.progress.epoch, values: scores.values + (try validate()))
      training.state.epoch += 1
      for callback in callbacks { try callback.epochEnded(&result, training) }
      history.epochs.append(result)
      training.progress.epoch += 1
    }
    for callback in callbacks { try callback.trainingEnded(history, training) }
    return history
  }

  private func runEpoch() throws(LaminaError) {
    source.beginEpoch(training.state.epoch)
    scores.reset()
    training.progress.batch = 0
    training.progress.batchCount = source.batchCount
    training.progress.values = []
    for callback in callbacks { try callback.epochBegan(training) }
    while !training.isStopped, let rows = try source.advance() {
      try runBatch(rows: rows)
    }
    if !training.isStopped {
      guard scores.sampleCount > 0 else {
        throw LaminaError(
          .invalidArgument,
          "epoch \(training.progress.epoch + 1): expected batches, the data have ended")
      }
      training.progress.batchCount = training.progress.batch
    }
  }

  private func runBatch(rows: Int) throws(LaminaError) {
    let trainer = try trainer(rows: rows)
    for callback in callbacks { try callback.batchBegan(training) }
    source.load(into: trainer.inputs(rows: rows), trainer.targets)

    trainer.forward(rows: rows)
    try ended(.forward)
    training.progress.batchLoss = trainer.measure(rows: rows, into: &scores)
    try ended(.loss)
    if training.progress.batchLoss.isFinite {
      trainer.backward(rows: rows)
      try ended(.backward)
      trainer.updateParameters()
      try ended(.update)
    } else if !handlesNaN {
      throw notFinite
    }

    training.progress.batch += 1
    if !callbacks.isEmpty { training.progress.values = scores.values }
    for callback in callbacks { try callback.batchEnded(training) }
  }

  private func trainer(rows: Int) throws(LaminaError) -> BatchTrainer {
    if let trainer = training.trainer, trainer.maximumRows >= rows { return trainer }
    let trainer = try makeTrainer(rows)
    training.trainer = trainer
    return trainer
  }

  private func ended(_ stage: TrainingStage) throws(LaminaError) {
    for callback in callbacks { try callback.stageEnded(stage, training) }
  }

  private var notFinite: LaminaError {
    LaminaError(
      .invalidArgument,
      "epoch \(training.progress.epoch + 1), batch \(training.progress.batch + 1): expected "
        + "a finite loss, got \(training.progress.batchLoss); the weights are as before this "
        + "batch. Are the inputs finite and scaled, and is the learning rate "
        + "(\(training.learningRate)) small enough?")
  }
}
