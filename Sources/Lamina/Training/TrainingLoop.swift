import CSystem

/// The loop of a training: in each epoch batch after batch, and for each batch
/// forward, loss, backward, update.
final class TrainingLoop {
  private let training: Training
  private let source: any BatchSource
  private let makeTrainer: (_ rows: Int) throws(LaminaError) -> BatchTrainer
  private let callbacks: [any Callback]
  private let handlesNaN: Bool
  private let backups: [BackupAndRestore]
  private var scores: Scores
  private var history = History()
  /// When the epoch began, or went on, in the clock's seconds.
  private var epochBegin = laminasystem_seconds()

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
    backups = callbacks.compactMap { $0 as? BackupAndRestore }
  }

  /// - Parameter validate: gives an epoch's further values.
  func run(
    validate: () throws(LaminaError) -> [NamedValue]
  ) throws(LaminaError) -> History {
    var isWithinEpoch = try begin()
    while isWithinEpoch
      || training.progress.epoch < training.progress.epochCount && !training.isStopped
    {
      if !isWithinEpoch { try beginEpoch() }
      isWithinEpoch = false
      try runBatches()
      guard scores.sampleCount > 0 else { break }
      let values = scores.values + (try validate())
      var result = EpochResult(
        epoch: training.progress.epoch, values: values, batchCount: training.progress.batch,
        seconds: laminasystem_seconds() - epochBegin)
      training.state.epoch += 1
      for callback in callbacks { try callback.epochEnded(&result, training) }
      history.epochs.append(result)
      training.progress.epoch += 1
      for backup in backups where backup.saveFrequency == .epoch {
        try backup.save(position(isWithinEpoch: false), training)
      }
    }
    for callback in callbacks { try callback.trainingEnded(history, training) }
    for backup in backups { try backup.finish() }
    return history
  }

  /// Begins the training, or goes on where a backup was made.
  ///
  /// - Returns: whether that was within an epoch.
  private func begin() throws(LaminaError) -> Bool {
    var saved: SavedTraining?
    for backup in backups where saved == nil { saved = try backup.load(for: training) }
    if let position = saved?.position {
      training.isResumed = true
      training.progress.epoch = position.epoch
      training.progress.batch = position.batch
    }
    for callback in callbacks { try callback.trainingBegan(training) }
    guard let saved, let position = saved.position else {
      for backup in backups { try backup.save(position(isWithinEpoch: false), training) }
      return false
    }
    try resume(saved, position)
    return position.isWithinEpoch
  }

  private func resume(
    _ saved: SavedTraining, _ position: TrainingPosition
  ) throws(LaminaError) {
    let resumed = resumedCallbacks
    guard saved.seed == training.model.seed, position.callbacks.count == resumed.count else {
      throw LaminaError(
        .invalidArgument,
        "the backup is of a training with seed \(saved.seed) and "
          + "\(position.callbacks.count) callbacks, this one has seed \(training.model.seed) and "
          + "\(resumed.count); remove it to begin anew")
    }
    try source.restore(position.source)
    if position.isWithinEpoch { try scores.restore(position.scores) }
    for (callback, state) in zip(resumed, position.callbacks) { try callback.restore(state) }
    try saved.apply(to: training.model)
    history = position.history
    training.firstStep = position.firstStep
    training.progress.batchCount = source.batchCount
    if position.isWithinEpoch { training.progress.values = scores.values }
    if position.isStopped { training.stop() }
  }

  /// Those that have a state. Who only looks on may do so or not.
  private var resumedCallbacks: [any Callback] { callbacks.filter { !($0 is EventCallback) } }

  private func position(isWithinEpoch: Bool) -> TrainingPosition {
    TrainingPosition(
      firstStep: training.firstStep, epoch: training.progress.epoch,
      batch: isWithinEpoch ? training.progress.batch : 0, isWithinEpoch: isWithinEpoch,
      isStopped: training.isStopped, source: source.place,
      scores: isWithinEpoch ? scores.sums : [], history: history,
      callbacks: resumedCallbacks.map { $0.state })
  }

  private func beginEpoch() throws(LaminaError) {
    epochBegin = laminasystem_seconds()
    source.beginEpoch(training.state.epoch)
    scores.reset()
    training.progress.batch = 0
    training.progress.batchCount = source.batchCount
    training.progress.values = []
    for callback in callbacks { try callback.epochBegan(training) }
  }

  private func runBatches() throws(LaminaError) {
    while !training.isStopped, let rows = try source.advance() {
      try runBatch(rows: rows)
      for backup in backups where backup.countBatch() {
        try backup.save(position(isWithinEpoch: true), training)
      }
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
