/// What a compiled model needs beyond its weights: how to train, and how far
/// the training is.
final class TrainingState {
  let optimizer: any Optimizer
  let objective: Objective

  /// Steps and epochs done in all, over all calls of `fit`.
  var step = 0
  var epoch = 0

  /// The learning rate that a callback or a host set instead of the optimizer's.
  var ownLearningRate: Float?

  /// The optimizer's numbers, laid out as the parameters are, one for each of
  /// its slots; made by the first `fit`.
  private(set) var slots: [FloatStorage] = []
  /// Whether the slots are made; an optimizer may have none.
  private(set) var hasSlots = false

  init(optimizer: any Optimizer, objective: Objective) {
    self.optimizer = optimizer
    self.objective = objective
  }

  /// The rate of the next step.
  var learningRate: Float {
    ownLearningRate ?? optimizer.learningRate.value(atStep: step)
  }

  /// Makes the optimizer's slots for a network of this size, where there are
  /// none yet.
  ///
  /// - Throws: `.outOfMemory`
  func makeSlots(parameterCount: Int) throws(LaminaError) {
    guard !hasSlots else { return }
    var made: [FloatStorage] = []
    for slot in optimizer.slots {
      let storage = try FloatStorage(count: parameterCount, for: "the optimizer")
      if slot.initialValue != 0 { storage.row.fill(slot.initialValue) }
      made.append(storage)
    }
    slots = made
    hasSlots = true
  }

  /// What belongs to a network that is no more.
  func forgetNetwork() {
    slots = []
    hasSlots = false
  }
}
