/// A training that is under way, as its callbacks see it.
public final class Training {
  public let model: Model
  public internal(set) var progress: TrainingProgress
  /// Whether it ends after this batch.
  public private(set) var isStopped = false
  /// Whether it goes on from a backup: callbacks get their states back after
  /// they were told that the training began.
  public internal(set) var isResumed = false

  let state: TrainingState
  /// The passes of the batch that is being computed.
  var trainer: BatchTrainer?
  let callbacks: [any Callback]
  /// How many steps the optimizer had taken before this `fit`.
  var firstStep: Int

  init(model: Model, state: TrainingState, progress: TrainingProgress, callbacks: [any Callback]) {
    self.model = model
    self.state = state
    self.progress = progress
    self.callbacks = callbacks
    firstStep = state.step
  }

  /// Ends the training after this batch; what was learned stays.
  public func stop() { isStopped = true }

  /// How far the optimizer steps.
  public var learningRate: Float { state.learningRate }

  /// - Throws: `.invalidArgument` where a schedule decides, or the rate is not
  ///   a number from 0 on.
  public func setLearningRate(_ learningRate: Float) throws(LaminaError) {
    try model.setLearningRate(learningRate)
  }

  /// - Parameter callback: who wants to set the learning rate.
  /// - Throws: `.invalidArgument` where a schedule decides.
  func requireSettableLearningRate(_ callback: String) throws(LaminaError) {
    guard case .schedule(let schedule) = state.optimizer.learningRate else { return }
    throw LaminaError(
      .invalidArgument, "\(callback): the learning rate follows \(schedule.className)")
  }

  /// The names of the model's variables, in the order of its layers.
  public var variableNames: [String] { model.variableNames }

  /// The gradient that the last backward pass gave for a variable, such as
  /// "dense/kernel"; nil before the first, and for variables that are not
  /// trained.
  public func gradient(of variable: String) -> Tensor? {
    guard let trainer else { return nil }
    for place in trainer.plan.graph.layers where place.layer.trainable {
      for stored in trainer.plan.graph.variables[place.variables]
      where stored.name == variable && stored.isTrainable {
        return try? Tensor(
          shape: stored.shape, elements: trainer.plan.gradient(of: stored).toArray())
      }
    }
    return nil
  }

  /// A copy of all weights as they are now.
  ///
  /// - Throws: `.outOfMemory`
  public func copyWeights() throws(LaminaError) -> WeightsSnapshot {
    WeightsSnapshot(try model.built().store.copy())
  }

  /// Puts weights back that `copyWeights` copied.
  ///
  /// - Throws: `.invalidArgument` where they are those of another network.
  public func restoreWeights(_ snapshot: WeightsSnapshot) throws(LaminaError) {
    let store = try model.built().store
    guard store.hasSameSize(as: snapshot.store) else {
      throw LaminaError(
        .invalidArgument,
        "\(model.name): expected a copy of \(store.count) weights, got \(snapshot.store.count)")
    }
    store.assign(snapshot.store)
  }
}
