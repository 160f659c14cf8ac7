/// Sets the learning rate before each epoch.
///
/// ```swift
/// LearningRateScheduler { epoch, rate in epoch < 10 ? rate : 0.9 * rate }
/// ```
/// Each epoch's result gets "learning_rate". The model's optimizer must not
/// follow a schedule of its own; that one goes by steps, this one by epochs.
///
/// Source: keras/src/callbacks/learning_rate_scheduler.py
public final class LearningRateScheduler: Callback {
  private let schedule: (_ epoch: Int, _ learningRate: Float) -> Float

  /// - Parameter schedule: gets the epoch, from `fit`'s `initialEpoch` on, and
  ///   the rate so far; gives the rate for the epoch, a number from 0 on.
  public init(_ schedule: @escaping (_ epoch: Int, _ learningRate: Float) -> Float) {
    self.schedule = schedule
  }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    try training.requireSettableLearningRate("LearningRateScheduler")
  }

  public func epochBegan(_ training: Training) throws(LaminaError) {
    do throws(LaminaError) {
      try training.setLearningRate(schedule(training.progress.epoch, training.learningRate))
    } catch {
      throw error.at("LearningRateScheduler")
    }
  }

  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    result.set("learning_rate", to: Double(training.learningRate))
  }
}
