/// Batches of a data set in memory, in a new random order in each epoch.
final class DatasetSource: BatchSource {
  private let dataset: Dataset
  private let batchSize: Int
  private let seed: UInt64
  private let shuffle: Bool
  private let stepsPerEpoch: Int?
  private let classWeights: ClassWeights?

  /// The samples' order, and where in it the next batch begins.
  private var order: [Int32]
  private var orderEpoch = 0
  private var position: Int
  private var batch: Range<Int> = 0..<0
  private var stepsDone = 0

  /// - Parameter stepsPerEpoch: how many batches an epoch has at most; the next
  ///   epoch then goes on where this one ended, until all samples were there.
  init(
    _ dataset: Dataset, batchSize: Int, seed: UInt64, shuffle: Bool, stepsPerEpoch: Int?,
    classWeights: ClassWeights?
  ) {
    self.dataset = dataset
    self.batchSize = batchSize
    self.seed = seed
    self.shuffle = shuffle
    self.stepsPerEpoch = stepsPerEpoch
    self.classWeights = classWeights
    order = (0..<Int32(dataset.count)).map { $0 }
    position = dataset.count
  }

  private var wholeCount: Int { (dataset.count + batchSize - 1) / batchSize }

  var batchCount: Int? { min(stepsPerEpoch ?? wholeCount, wholeCount) }

  func beginEpoch(_ epoch: Int) {
    stepsDone = 0
    guard stepsPerEpoch == nil || position >= dataset.count else { return }
    position = 0
    reorder(epoch)
  }

  var place: BatchPosition {
    BatchPosition(epoch: orderEpoch, taken: position, stepsDone: stepsDone)
  }

  func restore(_ place: BatchPosition) throws(LaminaError) {
    guard place.taken >= 0, place.taken <= dataset.count, place.stepsDone >= 0 else {
      throw LaminaError(
        .invalidArgument,
        "\(dataset.name) has \(dataset.count) samples, the training was at sample \(place.taken)")
    }
    reorder(place.epoch)
    position = place.taken
    stepsDone = place.stepsDone
  }

  /// A new permutation, which follows from the seed and the epoch alone.
  private func reorder(_ epoch: Int) {
    orderEpoch = epoch
    guard shuffle else { return }
    for index in order.indices { order[index] = Int32(truncatingIfNeeded: index) }
    let step = UInt32(truncatingIfNeeded: epoch)
    RandomStream(seed: seed, purpose: .shuffle, step: step).shuffle(&order)
  }

  func advance() throws(LaminaError) -> Int? {
    guard position < dataset.count, stepsDone < stepsPerEpoch ?? .max else { return nil }
    batch = position..<min(position + batchSize, dataset.count)
    position = batch.upperBound
    stepsDone += 1
    return batch.count
  }

  func load(into inputs: [MatrixView], _ targets: TargetBatch) {
    dataset.load(order[batch], into: inputs, targets, classWeights: classWeights)
  }
}
