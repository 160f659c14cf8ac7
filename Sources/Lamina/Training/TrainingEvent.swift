/// What a training tells whoever watches it.
public enum TrainingEvent {
  case trainingBegan(TrainingProgress)
  case epochBegan(TrainingProgress)
  case batchBegan(TrainingProgress)
  /// A part of a batch's step is done.
  case stageEnded(TrainingStage, TrainingProgress)
  case batchEnded(TrainingProgress)
  case epochEnded(TrainingProgress, EpochResult)
  case trainingEnded(History)
}

/// The parts of a training step, in their order.
public enum TrainingStage: Sendable, CaseIterable {
  /// The network's outputs are computed from the batch.
  case forward
  /// The batch's loss is computed from outputs and targets.
  case loss
  /// The parameters' gradients are computed from the loss.
  case backward
  /// The optimizer has changed the parameters.
  case update
}

/// What the watcher wants.
public enum TrainingDecision: Sendable {
  case goOn
  /// End after this batch; what was learned stays.
  case stop
}

/// How far a training is.
public struct TrainingProgress: Sendable {
  /// The epoch before which this `fit` ends, and which one it is, from 0.
  public let epochCount: Int
  public internal(set) var epoch: Int
  /// An epoch's batches; nil while a stream has not told yet.
  public internal(set) var batchCount: Int?
  /// How many of them are done.
  public internal(set) var batch = 0
  /// The loss of the batch that was last computed, regularizers included.
  public internal(set) var batchLoss = Double.nan
  /// The epoch's loss and metrics so far; none before its first batch.
  public internal(set) var values: [NamedValue] = []

  /// The value of that name; nil where there is none.
  public subscript(name: String) -> Double? { values[name] }
}
