import CSystem

/// Training step by step, for hosts that drive it themselves.
extension Model {
  /// Takes one step with one batch: forward, loss, backward, update. The memory for
  /// it is kept for the next one, until the model is compiled or fitted.
  ///
  /// - Returns: the batch's own loss and metrics, from before the update.
  /// - Throws: as `fit`.
  @discardableResult
  public func trainOnBatch(
    _ batch: Dataset, classWeights: [Int: Float] = [:]
  ) throws(LaminaError) -> Evaluation {
    try computeGradients(of: batch, classWeights) { $0.updateParameters() }
  }

  /// Computes a batch's gradients, and leaves the parameters as they are: forward,
  /// loss, backward. Moving statistics change, as in each forward pass of a training.
  ///
  /// - Returns: the batch's loss and metrics, and for each of the
  ///   `trainableParameterCount` first `parameters` the gradient of the loss,
  ///   regularizers included; 0 where a layer is frozen. Clipping is `applyGradients`'s.
  /// - Throws: as `fit`.
  public func computeGradients(
    of batch: Dataset, classWeights: [Int: Float] = [:]
  ) throws(LaminaError) -> (evaluation: Evaluation, gradients: [Float]) {
    var gradients: [Float] = []
    let evaluation = try computeGradients(of: batch, classWeights) {
      gradients = $0.plan.gradients.toArray()
    }
    return (evaluation, gradients)
  }

  /// The same into memory of a host's.
  ///
  /// - Parameter gradients: `trainableParameterCount` numbers.
  package func computeGradients(
    of batch: Dataset, into gradients: MatrixView
  ) throws(LaminaError) -> Evaluation {
    try computeGradients(of: batch, [:]) { gradients.assign($0.plan.gradients) }
  }

  /// Takes one step of the optimizer with gradients that were computed before, here or
  /// elsewhere: clips them, decays the parameters and changes them.
  ///
  /// - Parameter gradients: as `computeGradients` gives them.
  /// - Throws: `.invalidArgument` before `compile` or where they are not as many as the
  ///   parameters; `.busy`, `.outOfMemory`
  public func applyGradients(_ gradients: [Float]) throws(LaminaError) {
    let (graph, _) = try built()
    guard gradients.count == graph.trainableCount else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected \(graph.trainableCount) gradients, got \(gradients.count)")
    }
    try makeGradientStep().apply { $0.assign(gradients) }
  }

  /// The same from a host's memory.
  ///
  /// - Parameter gradients: `trainableParameterCount` numbers.
  package func applyGradients(_ gradients: MatrixView) throws(LaminaError) {
    try makeGradientStep().apply { $0.assign(gradients) }
  }

  /// - Parameter use: called with the trainer when it has the gradients.
  private func computeGradients(
    of batch: Dataset, _ classWeights: [Int: Float], _ use: (BatchTrainer) -> Void
  ) throws(LaminaError) -> Evaluation {
    guard !isTraining else { throw busy }
    let request = FitRequest(
      batchSize: max(1, batch.count), epochs: 1, initialEpoch: 0, stepsPerEpoch: nil,
      classWeights: classWeights, callbacks: [], onEvent: nil)
    try request.check(batch)
    let state = try compiled()
    try build(inputShapes: batch.inputs.map { $0.shape })
    let objective = try bind(batch, state)
    try checkClassWeights(request)
    takeOver(batch)
    try makeStoreUnique()
    let (graph, _) = try built()
    let trainer = try trainer(
      state, objective, BatchForm(batch, hasClassWeights: request.weights != nil),
      rows: batch.count)
    let order = (0..<Int32(batch.count)).map { $0 }
    batch.load(
      order[...], into: trainer.inputs(rows: batch.count), trainer.targets,
      classWeights: request.weights)
    let begin = laminasystem_seconds()
    var scores = Scores(objective, graph: graph)
    trainer.forward(rows: batch.count)
    let loss = trainer.measure(rows: batch.count, into: &scores)
    guard loss.isFinite else {
      throw LaminaError(
        .invalidArgument,
        "\(batch.name): expected a finite loss, got \(loss); the weights are as before")
    }
    trainer.backward(rows: batch.count)
    use(trainer)
    return Evaluation(
      sampleCount: batch.count, batchCount: 1, seconds: laminasystem_seconds() - begin,
      values: scores.values)
  }

  /// The trainer of the last batch, where it suits this one too.
  private func trainer(
    _ state: TrainingState, _ objective: BoundObjective, _ form: BatchForm, rows: Int
  ) throws(LaminaError) -> BatchTrainer {
    if let batchTrainer, try batchTrainer.isFor(self, state, form, rows: rows) {
      return batchTrainer
    }
    batchTrainer = nil
    let trainer = try BatchTrainer(self, state, objective, form, maximumRows: rows)
    batchTrainer = trainer
    return trainer
  }

  /// What applied the last gradients, where it suits the model still.
  private func makeGradientStep() throws(LaminaError) -> GradientStep {
    guard !isTraining else { throw busy }
    let state = try compiled()
    try makeStoreUnique()
    let (graph, store) = try built()
    let workers = workers
    if let gradientStep, gradientStep.isFor(graph, store, state, workers) { return gradientStep }
    gradientStep = nil
    let step = try GradientStep(graph, store, state, workers)
    gradientStep = step
    return step
  }
}
