/// Makes the learning rate smaller when a figure has stopped getting better.
///
/// After `patience` epochs without a better value the rate is multiplied by
/// `factor`; then the next `cooldown` epochs do not count. Each epoch's result
/// gets "learning_rate", the rate that it was trained with. The model's
/// optimizer must not follow a schedule.
///
/// Source: keras/src/callbacks/reduce_lr_on_plateau.py
public final class ReduceLROnPlateau: Callback {
  /// How the epochs went so far.
  struct Progress: Equatable {
    var best: Double?
    var wait = 0
    var cooldown = 0
  }

  /// The figure's name in an epoch's result.
  public var monitor: String { comparison.name }
  /// By how much a value must be better than the best; its sign has no meaning.
  public var minDelta: Double { comparison.minDelta }
  public var mode: MonitorMode { comparison.mode }
  /// What the learning rate is multiplied by, 0 to below 1.
  public let factor: Double
  /// How many epochs without a better value reduce the rate; 0 is the same as 1.
  public let patience: Int
  /// How many epochs after a reduction do not count, less one: 1 is the same as 0.
  public let cooldown: Int
  /// The rate is not made smaller than this.
  public let minLearningRate: Double

  private var comparison: Monitor
  private(set) var progress = Progress()

  public init(
    monitor: String = "val_loss", factor: Double = 0.1, patience: Int = 10,
    mode: MonitorMode = .auto, minDelta: Double = 1e-4, cooldown: Int = 0,
    minLearningRate: Double = 0
  ) {
    comparison = Monitor(monitor, mode: mode, minDelta: minDelta)
    self.factor = factor
    self.patience = patience
    self.cooldown = cooldown
    self.minLearningRate = minLearningRate
  }

  /// Takes an epoch's value in.
  ///
  /// - Returns: the learning rate from now on; nil where it stays.
  func observe(_ value: Double, learningRate: Float) -> Double? {
    if progress.cooldown > 0 {
      progress.cooldown -= 1
      progress.wait = 0
    }
    if comparison.isImprovement(value, over: progress.best) {
      progress.best = value
      progress.wait = 0
      return nil
    }
    guard progress.cooldown == 0 else { return nil }
    progress.wait += 1
    guard progress.wait >= patience, learningRate > Float(minLearningRate) else { return nil }
    progress.cooldown = max(0, cooldown)
    progress.wait = 0
    return max(Double(learningRate) * factor, minLearningRate)
  }

  /// Forgets the last training.
  func begin() { progress = Progress() }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    guard factor >= 0, factor < 1 else {
      throw LaminaError(
        .invalidArgument, "ReduceLROnPlateau: expected a factor of 0 to below 1, got \(factor)")
    }
    guard minLearningRate >= 0, minLearningRate.isFinite else {
      throw LaminaError(
        .invalidArgument,
        "ReduceLROnPlateau: expected a least learning rate from 0 on, got \(minLearningRate)")
    }
    try training.requireSettableLearningRate("ReduceLROnPlateau")
    try comparison.resolve(training, callback: "ReduceLROnPlateau")
    begin()
  }

  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    let rate = training.learningRate
    result.set("learning_rate", to: Double(rate))
    let value = try comparison.value(in: result, callback: "ReduceLROnPlateau")
    if let reduced = observe(value, learningRate: rate) {
      try training.setLearningRate(Float(reduced))
    }
  }

  public var state: CallbackState {
    CallbackState(
      of: "ReduceLROnPlateau",
      [
        JSON.Member("best", .exactly(progress.best)),
        JSON.Member("wait", .integer(progress.wait)),
        JSON.Member("cooldown", .integer(progress.cooldown)),
      ])
  }

  public func restore(_ state: CallbackState) throws(LaminaError) {
    let values = try state.values(of: "ReduceLROnPlateau")
    progress = Progress(
      best: try values.exactNumber("best"), wait: try values.count("wait"),
      cooldown: try values.count("cooldown"))
  }
}
