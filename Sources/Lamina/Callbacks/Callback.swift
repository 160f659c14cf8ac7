/// What watches a training and takes part in it: conform to it for a callback
/// of your own, and write the functions that you need; the others do nothing.
///
/// ```swift
/// /// Stops after a number of seconds.
/// final class TimeLimit: Callback {
///   private let limit: Double
///   private var clock = ContinuousClock.now
///
///   init(seconds: Double) { limit = seconds }
///
///   func trainingBegan(_ training: Training) throws(LaminaError) { clock = .now }
///
///   func batchEnded(_ training: Training) throws(LaminaError) {
///     if clock.duration(to: .now) > .seconds(limit) { training.stop() }
///   }
/// }
/// ```
/// Callbacks are called in the order in which `fit` was given them; what one
/// adds to an epoch's result, the later ones see. In all of these functions the
/// model may predict, evaluate and be saved, and the learning rate be changed;
/// another `fit` is busy. An error that is thrown ends the training, and `fit`
/// throws it.
///
/// A callback that counts something over the epochs gives it as its `state` and
/// takes it back in `restore`, so that `BackupAndRestore` can go on with it.
///
/// Source: keras/src/callbacks/callback.py
public protocol Callback: AnyObject {
  /// Before the first epoch; also where a training goes on from a backup, which
  /// `Training.isResumed` says.
  func trainingBegan(_ training: Training) throws(LaminaError)
  func epochBegan(_ training: Training) throws(LaminaError)
  func batchBegan(_ training: Training) throws(LaminaError)
  /// A part of a batch's step is done: forward, loss, backward or update.
  func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError)
  func batchEnded(_ training: Training) throws(LaminaError)
  /// Before and after the validation data are evaluated, at the end of an epoch; the
  /// values' names begin with "val_".
  func validationBegan(_ training: Training) throws(LaminaError)
  func validationEnded(_ values: [NamedValue], _ training: Training) throws(LaminaError)
  /// After an epoch and its validation; what is added to the result gets into
  /// the history.
  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError)
  /// After the last epoch, or when the training was stopped.
  func trainingEnded(_ history: History, _ training: Training) throws(LaminaError)

  /// What the callback must remember where a training is broken off and goes on
  /// in another process.
  var state: CallbackState { get }

  /// Goes on from such a state, after `trainingBegan`.
  ///
  /// - Throws: `.format` where the state is another callback's.
  func restore(_ state: CallbackState) throws(LaminaError)

  /// Whether a loss that is not a number is this callback's affair; otherwise
  /// it ends the training with an error.
  var handlesNaN: Bool { get }
}

extension Callback {
  public func trainingBegan(_ training: Training) throws(LaminaError) {}
  public func epochBegan(_ training: Training) throws(LaminaError) {}
  public func batchBegan(_ training: Training) throws(LaminaError) {}
  public func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError) {}
  public func batchEnded(_ training: Training) throws(LaminaError) {}
  public func validationBegan(_ training: Training) throws(LaminaError) {}
  public func validationEnded(
    _ values: [NamedValue], _ training: Training
  ) throws(LaminaError) {}
  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {}
  public func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {}
  public var state: CallbackState { CallbackState() }
  public func restore(_ state: CallbackState) throws(LaminaError) {}
  public var handlesNaN: Bool { false }
}
