/// Ends a training when a figure has stopped getting better.
///
/// After each epoch the figure is compared with the best so far. An epoch that
/// is no better counts as one of waiting; at `patience` of them the training
/// ends. A patience of 0 is the same as one of 1.
///
/// ```swift
/// try model.fit(
///   data, epochs: 100, validation: others,
///   callbacks: [EarlyStopping(patience: 3, restoreBestWeights: true)])
/// ```
///
/// Source: keras/src/callbacks/early_stopping.py
public final class EarlyStopping: Callback {
  /// How the epochs went so far.
  struct Progress: Equatable {
    var best: Double?
    var bestEpoch = 0
    var wait = 0
    var stoppedEpoch = 0
  }

  /// What is to be done after an epoch.
  enum Decision: Equatable {
    /// The weights are the best so far.
    case keepWeights
    case goOn
    case stop
  }

  /// The figure's name in an epoch's result.
  public var monitor: String { comparison.name }
  /// By how much a value must be better than the best; its sign has no meaning.
  public var minDelta: Double { comparison.minDelta }
  public var mode: MonitorMode { comparison.mode }
  /// How many epochs without a better value end the training.
  public let patience: Int
  /// Values that are no better than this one count as waiting, also where they
  /// are the best so far.
  public let baseline: Double?
  /// Whether the model has the best epoch's weights in the end, however the
  /// training ends; otherwise the last epoch's.
  public let restoreBestWeights: Bool
  /// The epochs before this one are not looked at.
  public let startFromEpoch: Int

  private var comparison: Monitor
  private(set) var progress = Progress()
  private var bestWeights: WeightsSnapshot?

  public init(
    monitor: String = "val_loss", minDelta: Double = 0, patience: Int = 0,
    mode: MonitorMode = .auto, baseline: Double? = nil, restoreBestWeights: Bool = false,
    startFromEpoch: Int = 0
  ) {
    comparison = Monitor(monitor, mode: mode, minDelta: minDelta)
    self.patience = patience
    self.baseline = baseline
    self.restoreBestWeights = restoreBestWeights
    self.startFromEpoch = startFromEpoch
  }

  /// The best value of the last training; nil before there is one.
  public var best: Double? { progress.best }
  /// The epoch that gave it.
  public var bestEpoch: Int { progress.bestEpoch }
  /// How many epochs were no better since.
  public var wait: Int { progress.wait }
  /// The epoch after which the training was ended; 0 where it was not.
  public var stoppedEpoch: Int { progress.stoppedEpoch }

  /// Takes an epoch's value in.
  func observe(_ value: Double, epoch: Int) -> Decision {
    guard epoch >= startFromEpoch else { return .goOn }
    progress.wait += 1
    if comparison.isImprovement(value, over: progress.best) {
      progress.best = value
      progress.bestEpoch = epoch
      if comparison.isImprovement(value, over: baseline) { progress.wait = 0 }
      return .keepWeights
    }
    guard progress.wait >= patience, epoch > 0 else { return .goOn }
    progress.stoppedEpoch = epoch
    return .stop
  }

  /// Forgets the last training.
  func begin() {
    progress = Progress()
    bestWeights = nil
  }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    try comparison.resolve(training, callback: "EarlyStopping")
    begin()
  }

  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    let value = try comparison.value(in: result, callback: "EarlyStopping")
    switch observe(value, epoch: result.epoch) {
    case .keepWeights:
      if restoreBestWeights { bestWeights = try training.copyWeights() }
    case .goOn: break
    case .stop: training.stop()
    }
  }

  public func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {
    if let bestWeights { try training.restoreWeights(bestWeights) }
  }

  public var state: CallbackState {
    CallbackState(
      of: "EarlyStopping",
      [
        JSON.Member("best", .exactly(progress.best)),
        JSON.Member("best_epoch", .integer(progress.bestEpoch)),
        JSON.Member("wait", .integer(progress.wait)),
        JSON.Member("stopped_epoch", .integer(progress.stoppedEpoch)),
      ], weights: bestWeights)
  }

  public func restore(_ state: CallbackState) throws(LaminaError) {
    let values = try state.values(of: "EarlyStopping")
    progress = Progress(
      best: try values.exactNumber("best"), bestEpoch: try values.count("best_epoch"),
      wait: try values.count("wait"), stoppedEpoch: try values.count("stopped_epoch"))
    bestWeights = restoreBestWeights ? state.weights : nil
  }
}
