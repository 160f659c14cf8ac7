import CSystem

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
    trainer.updateParameters()
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
}
