extension Model {
  /// Says how the model is to be trained: the same for each of its outputs.
  ///
  /// - Parameters:
  ///   - metrics: measured with every sample counting 1.
  ///   - weightedMetrics: measured with the samples' weights.
  /// - Throws: `.busy` while the model is trained; `.invalidArgument` where
  ///   a setting of the optimizer is out of range.
  public func compile(
    optimizer: any Optimizer, loss: any Loss, metrics: [any Metric] = [],
    weightedMetrics: [any Metric] = []
  ) throws(LaminaError) {
    try compile(
      optimizer,
      .each(OutputTraining(loss: loss, metrics: metrics, weightedMetrics: weightedMetrics)))
  }

  /// Says how the model is to be trained, output by output.
  ///
  /// - Parameter outputs: by the names of the layers that give the outputs;
  ///   those that are not listed are not trained.
  /// - Throws: `.busy` while the model is trained; `.invalidArgument` where no
  ///   output has a loss, or a name is no output's.
  public func compile(
    optimizer: any Optimizer, outputs: [String: OutputTraining]
  ) throws(LaminaError) {
    let objective = Objective.named(outputs)
    guard outputs.values.contains(where: { $0.loss != nil }) else {
      throw LaminaError(.invalidArgument, "\(name): expected a loss for one output at least")
    }
    if let graph { _ = try objective.outputs(of: graph, model: name) }
    try compile(optimizer, objective)
  }

  private func compile(
    _ optimizer: any Optimizer, _ objective: Objective
  ) throws(LaminaError) {
    guard !isTraining else { throw busy }
    try optimizer.check()
    training = TrainingState(optimizer: optimizer, objective: objective)
    batchTrainer = nil
    gradientStep = nil
  }

  /// - Throws: `.invalidArgument` before `compile`.
  func compiled() throws(LaminaError) -> TrainingState {
    guard let training else {
      throw LaminaError(.invalidArgument, "\(name): call compile before fit or evaluate")
    }
    return training
  }

  /// How far the optimizer steps next; nil before `compile`.
  public var learningRate: Float? { training?.learningRate }

  /// Sets how far the optimizer steps, also inside a callback.
  ///
  /// - Throws: `.invalidArgument` before `compile`, where a schedule decides, or
  ///   where the rate is not a number from 0 on.
  public func setLearningRate(_ learningRate: Float) throws(LaminaError) {
    let training = try compiled()
    if case .schedule(let schedule) = training.optimizer.learningRate {
      throw LaminaError(
        .invalidArgument, "\(name): the learning rate follows \(schedule.className)")
    }
    guard learningRate.isFinite, learningRate >= 0 else {
      throw LaminaError(
        .invalidArgument, "\(name): expected a learning rate from 0 on, got \(learningRate)")
    }
    training.ownLearningRate = learningRate
  }

  /// How many steps all trainings since `compile` took.
  public var stepCount: Int { training?.step ?? 0 }
}
