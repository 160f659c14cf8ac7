/// What batches must have in common to be trained with in the same memory.
struct BatchForm: Equatable {
  var targetShapes: [Shape]
  /// Whether samples weigh something other than 1.
  var isWeighted: Bool

  init(_ batch: Dataset, hasClassWeights: Bool = false) {
    targetShapes = batch.targets.map { $0.shape }
    isWeighted = batch.sampleWeights != nil || hasClassWeights
  }
}

/// Trains with one batch after another: forward, loss, backward, update. Its
/// memory is laid out once, so that a step allocates nothing.
final class BatchTrainer {
  let plan: TrainingPlan
  let targets: TargetBatch
  private let training: TrainingState
  private let regularization: RegularizationTerms
  private let update: ParameterUpdate
  private let form: BatchForm
  /// Which layers were to be trained when this was made.
  private let trainableLayers: [Bool]

  private init(
    plan: TrainingPlan, targets: TargetBatch, form: BatchForm, training: TrainingState,
    regularization: RegularizationTerms, update: ParameterUpdate
  ) {
    self.plan = plan
    self.form = form
    trainableLayers = plan.graph.trainableLayers
    self.targets = targets
    self.training = training
    self.regularization = regularization
    self.update = update
  }

  /// - Throws: `.outOfMemory`
  convenience init(
    _ model: Model, _ training: TrainingState, _ objective: BoundObjective, _ form: BatchForm,
    maximumRows: Int
  ) throws(LaminaError) {
    let (graph, store) = try model.built()
    let plan = try TrainingPlan(
      graph: graph, store: store, hasLoss: objective.hasLoss, maximumRows: maximumRows,
      seed: model.seed, workers: Workers(threadCount: model.threadCount))
    try training.makeSlots(parameterCount: graph.trainableCount)
    self.init(
      plan: plan,
      targets: try TargetBatch(
        objective, graph: graph, shapes: form.targetShapes, maximumRows: maximumRows,
        isWeighted: form.isWeighted),
      form: form, training: training,
      regularization: RegularizationTerms(
        graph, values: { plan.view(of: $0) }, gradient: { plan.gradient(of: $0) }),
      update: ParameterUpdate(
        optimizer: training.optimizer,
        variables: graph.trainedVariables,
        parameters: plan.parameters, gradients: plan.gradients,
        slots: training.slots.map { $0.row }, workers: plan.workers))
  }

  var maximumRows: Int { plan.maximumRows }

  /// Whether a trainer that is made now, for batches of so many rows, would do the
  /// same.
  func isFor(
    _ model: Model, _ training: TrainingState, _ form: BatchForm, rows: Int
  ) throws(LaminaError) -> Bool {
    let (graph, store) = try model.built()
    guard rows <= maximumRows, self.training === training, self.form == form,
      plan.isFor(graph, store, Workers(threadCount: model.threadCount))
    else { return false }
    return trainableLayers == graph.trainableLayers
  }

  /// The network's inputs, where the samples of a batch are to be put.
  func inputs(rows: Int) -> [MatrixView] { plan.passes(rows: rows).inputs }

  func forward(rows: Int) {
    plan.passes(rows: rows).forward(step: training.step)
  }

  /// Takes the batch into the scores, and writes the gradients of its loss with
  /// respect to the outputs.
  func measure(rows: Int, into scores: inout Scores) -> Double {
    let passes = plan.passes(rows: rows)
    return scores.add(
      predictions: passes.outputs, targets: targets, gradients: passes.outputGradients,
      regularization: regularization.loss, rows: rows)
  }

  /// Computes the gradients of the parameters.
  func backward(rows: Int) {
    plan.passes(rows: rows).backward()
    regularization.addGradients()
  }

  func updateParameters() {
    let learningRate = training.learningRate
    training.step += 1
    update.apply(step: training.step, learningRate: learningRate)
  }
}
