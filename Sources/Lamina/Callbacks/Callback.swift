/// What watches a training and takes part in it: override what you need.
///
/// In all of these the model may predict, evaluate and be saved, and the
/// learning rate be changed; another `fit` is busy. An error that is thrown
/// ends the training, and `fit` throws it.
///
/// Source: keras/src/callbacks/callback.py
public protocol Callback: AnyObject {
  /// Before the first epoch.
  func trainingBegan(_ training: Training) throws(LaminaError)
  func epochBegan(_ training: Training) throws(LaminaError)
  func batchBegan(_ training: Training) throws(LaminaError)
  /// A part of a batch's step is done: forward, loss, backward or update.
  func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError)
  func batchEnded(_ training: Training) throws(LaminaError)
  /// After an epoch and its validation; what is added to the result gets into
  /// the history.
  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError)
  /// After the last epoch, or when the training was stopped.
  func trainingEnded(_ history: History, _ training: Training) throws(LaminaError)

  /// What the callback must remember where a training is broken off and goes on
  /// in another process; null for nothing.
  var state: CallbackState { get }

  /// Goes on from such a state.
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
  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {}
  public func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {}
  public var state: CallbackState { CallbackState() }
  public func restore(_ state: CallbackState) throws(LaminaError) {}
  public var handlesNaN: Bool { false }
}

/// What a callback remembers: figures, and perhaps a copy of the weights.
public struct CallbackState {
  public var values: [JSON.Member]
  /// All of the model's variables.
  public var weights: WeightsSnapshot?

  public init(values: [JSON.Member] = [], weights: WeightsSnapshot? = nil) {
    self.values = values
    self.weights = weights
  }

  /// The value of that name; nil where there is none.
  public subscript(key: String) -> JSON? { JSON.object(values)[key] }
}

/// A copy of all of a model's weights at one moment.
public final class WeightsSnapshot {
  let store: ParameterStore

  init(_ store: ParameterStore) {
    self.store = store
  }
}
