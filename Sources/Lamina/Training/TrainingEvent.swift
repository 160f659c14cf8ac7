/// What a training tells whoever watches it.
public enum TrainingEvent {
  case trainingBegan(TrainingProgress)
  case epochBegan(TrainingProgress)
  case batchEnded(TrainingProgress)
  case epochEnded(TrainingProgress, EpochResult)
  case trainingEnded(History)
}

/// What the watcher wants.
public enum TrainingDecision: Sendable {
  case goOn
  /// End after this batch; what was learned stays.
  case stop
}

/// How far a training is.
public struct TrainingProgress: Sendable {
  /// This `fit`'s epochs, and which one it is, from 0.
  public let epochCount: Int
  public internal(set) var epoch = 0
  /// An epoch's batches, and how many of them are done.
  public let batchCount: Int
  public internal(set) var batch = 0
  /// The epoch's loss and metrics so far; none before its first batch.
  public internal(set) var values: [NamedValue] = []

  /// The value of that name; nil where there is none.
  public subscript(name: String) -> Double? { values[name] }
}
