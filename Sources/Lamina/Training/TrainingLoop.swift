/// The loop of a training: shuffle, split into batches, and for each batch
/// forward, loss, backward, update.
final class TrainingLoop {
  private let training: TrainingState
  private let dataset: Dataset
  private let plan: TrainingPlan
  private let slots: [MatrixView]
  private let seed: UInt64
  private let shuffle: Bool
  private let onEvent: ((TrainingEvent) -> TrainingDecision)?

  private var progress: TrainingProgress
  private var means: RunningMeans
  private var isStopped = false
  /// The samples' order in this epoch, and the labels of this batch.
  private var order: [Int32]
  private var batchLabels: [Int32]

  /// - Parameters:
  ///   - plan: made for the batches' size.
  ///   - slots: the optimizer's.
  init(
    training: TrainingState, plan: TrainingPlan, slots: [MatrixView], dataset: Dataset,
    seed: UInt64, shuffle: Bool, epochs: Int, onEvent: ((TrainingEvent) -> TrainingDecision)?
  ) {
    self.training = training
    self.plan = plan
    self.slots = slots
    self.dataset = dataset
    self.seed = seed
    self.shuffle = shuffle
    self.onEvent = onEvent
    let batchSize = plan.maximumRows
    means = RunningMeans(loss: training.loss, metrics: training.metrics)
    progress = TrainingProgress(
      epochCount: epochs, batchCount: (dataset.count + batchSize - 1) / batchSize)
    order = (0..<Int32(dataset.count)).map { $0 }
    batchLabels = [Int32](repeating: 0, count: batchSize)
  }

  /// - Parameter validate: gives an epoch's further values.
  func run(
    validate: () throws(LaminaError) -> [NamedValue]
  ) throws(LaminaError) -> History {
    var history = History()
    tell(.trainingBegan(progress))
    for epoch in 0..<progress.epochCount where !isStopped {
      progress.epoch = epoch
      runEpoch()
      guard means.sampleCount > 0 else { break }
      let result = EpochResult(epoch: training.epoch, values: means.values + (try validate()))
      training.epoch += 1
      history.epochs.append(result)
      tell(.epochEnded(progress, result))
    }
    tell(.trainingEnded(history))
    return history
  }

  private func runEpoch() {
    if shuffle { reorder() }
    means.reset()
    progress.batch = 0
    progress.values = []
    tell(.epochBegan(progress))
    for start in stride(from: 0, to: dataset.count, by: plan.maximumRows) where !isStopped {
      runBatch(start..<min(start + plan.maximumRows, dataset.count))
      progress.batch += 1
      if onEvent != nil { progress.values = means.values }
      tell(.batchEnded(progress))
    }
  }

  /// A new permutation, which follows from the seed and the epoch alone.
  private func reorder() {
    for index in order.indices { order[index] = Int32(truncatingIfNeeded: index) }
    let epoch = UInt32(truncatingIfNeeded: training.epoch)
    RandomStream(seed: seed, purpose: .shuffle, step: epoch).shuffle(&order)
  }

  private func runBatch(_ range: Range<Int>) {
    let passes = plan.passes(rows: range.count)
    let samples = order[range]
    dataset.features.gather(samples, into: passes.input, divisor: dataset.divisor)
    for (row, sample) in samples.enumerated() { batchLabels[row] = dataset.labels[Int(sample)] }

    passes.forward(step: training.step)
    means.add(
      predictions: passes.output, labels: batchLabels.span, gradient: passes.outputGradient)
    passes.backward()
    training.step += 1
    training.optimizer.update(
      plan.parameters, gradients: plan.gradients, slots: slots, step: training.step,
      learningRate: training.optimizer.learningRate)
  }

  private func tell(_ event: TrainingEvent) {
    if let onEvent, onEvent(event) == .stop { isStopped = true }
  }
}
