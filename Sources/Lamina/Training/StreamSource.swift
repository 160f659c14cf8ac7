/// Batches that come one by one, so that the data need not fit in memory.
final class StreamSource: BatchSource {
  typealias Iterator = () throws(LaminaError) -> Dataset?

  private let makeIterator: () -> Iterator
  private let check: (Dataset) throws(LaminaError) -> Void
  private let stepsPerEpoch: Int?
  private let classWeights: ClassWeights?

  private var iterator: Iterator?
  private var batch: Dataset?
  private var stepsDone = 0
  /// How many batches the iterator has given.
  private var taken = 0
  /// The positions 0, 1, 2, … of a batch's samples.
  private var order: [Int32] = []

  /// - Parameters:
  ///   - makeIterator: begins the batches anew.
  ///   - stepsPerEpoch: how many batches an epoch has; the next epoch then goes
  ///     on where this one ended. nil for all of them.
  ///   - check: throws where a batch does not fit the model.
  init(
    stepsPerEpoch: Int?, classWeights: ClassWeights?,
    check: @escaping (Dataset) throws(LaminaError) -> Void,
    makeIterator: @escaping () -> Iterator
  ) {
    self.stepsPerEpoch = stepsPerEpoch
    self.classWeights = classWeights
    self.check = check
    self.makeIterator = makeIterator
  }

  var batchCount: Int? { stepsPerEpoch }

  func beginEpoch(_ epoch: Int) {
    stepsDone = 0
    if stepsPerEpoch == nil || iterator == nil { begin() }
  }

  private func begin() {
    iterator = makeIterator()
    taken = 0
  }

  var place: BatchPosition {
    BatchPosition(taken: iterator == nil ? 0 : taken, stepsDone: stepsDone)
  }

  /// Reads over the batches that were trained with.
  func restore(_ place: BatchPosition) throws(LaminaError) {
    stepsDone = place.stepsDone
    guard place.taken > 0 else { return }
    begin()
    while taken < place.taken {
      guard try iterator?() != nil else {
        throw LaminaError(
          .invalidArgument,
          "the data ended after \(taken) batches, the training was at batch \(place.taken)")
      }
      taken += 1
    }
  }

  func advance() throws(LaminaError) -> Int? {
    guard stepsDone < stepsPerEpoch ?? .max, let next = try nextBatch() else {
      if stepsDone < stepsPerEpoch ?? .max { iterator = nil }
      batch = nil
      return nil
    }
    taken += 1
    try check(next)
    batch = next
    stepsDone += 1
    if order.count < next.count { order = (0..<Int32(next.count)).map { $0 } }
    return next.count
  }

  /// Where the batches have just ended when an epoch begins, they begin anew.
  private func nextBatch() throws(LaminaError) -> Dataset? {
    if let next = try iterator?() { return next }
    guard stepsPerEpoch != nil, stepsDone == 0, taken > 0 else { return nil }
    begin()
    return try iterator?()
  }

  func load(into inputs: [MatrixView], _ targets: TargetBatch) {
    guard let batch else { return }
    batch.load(order[..<batch.count], into: inputs, targets, classWeights: classWeights)
  }
}
