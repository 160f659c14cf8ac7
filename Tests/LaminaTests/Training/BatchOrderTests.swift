import Synchronization
import Testing

@testable import Lamina

@Suite struct BatchOrderTests {
  /// A loss that notes each batch's labels, and whether the samples came with
  /// theirs; a label is the number of its sample, and the network gives the
  /// sample back.
  private final class RecordingLoss: Loss {
    let className = "Recording"
    let name = "recording"
    let configuration: [JSON.Member] = []
    let reduction = Reduction.sumOverBatchSize
    let batches = Mutex<[[Int32]]>([])

    func check(targets: Samples, outputShape: Shape) {}

    func evaluate(_ rows: LossRows) {
      let batch = rows.targets.toArray()
      #expect(rows.predictions.toArray() == batch)
      rows.gradient?.fill(0)
      rows.losses.assign(batch)
      batches.withLock { $0.append(batch.map { Int32($0) }) }
    }
  }

  /// Each epoch's batches, and the history.
  private func run(
    _ count: Int, batchSize: Int, epochs: Int, shuffle: Bool, seed: UInt64 = 1
  ) throws -> (epochs: [[[Int32]]], history: History) {
    let numbers = (0..<Int32(count)).map { $0 }
    let data = try Dataset(
      features: .float32(numbers.map { Float($0) }), sampleShape: [1], labels: numbers)
    let model = try Sequential(seed: seed) { Flatten(inputShape: [1]) }
    let loss = RecordingLoss()
    try model.compile(optimizer: .adam(), loss: loss)
    let history = try model.fit(data, batchSize: batchSize, epochs: epochs, shuffle: shuffle)
    let batches = loss.batches.withLock { $0 }
    let perEpoch = batches.count / max(1, epochs)
    return ((0..<epochs).map { Array(batches[$0 * perEpoch..<($0 + 1) * perEpoch]) }, history)
  }

  @Test func lastBatchMayBeSmaller() throws {
    let (epochs, _) = try run(75, batchSize: 32, epochs: 2, shuffle: true)
    #expect(epochs.map { $0.map { $0.count } } == [[32, 32, 11], [32, 32, 11]])
  }

  @Test func wholeBatchesHaveNoPartialOne() throws {
    let (epochs, _) = try run(64, batchSize: 32, epochs: 1, shuffle: true)
    #expect(epochs[0].map { $0.count } == [32, 32])
  }

  @Test func epochsArePermutationsOfTheirOwn() throws {
    let (epochs, _) = try run(75, batchSize: 32, epochs: 4, shuffle: true)
    let orders = epochs.map { $0.flatMap { $0 } }
    for order in orders { #expect(order.sorted() == (0..<75).map { $0 }) }
    #expect(Set(orders).count == 4)
    #expect(!orders.contains((0..<75).map { $0 }))
  }

  @Test func orderFollowsFromTheSeed() throws {
    func order(_ seed: UInt64) throws -> [[[Int32]]] {
      try run(75, batchSize: 32, epochs: 2, shuffle: true, seed: seed).epochs
    }
    #expect(try order(1) == order(1))
    #expect(try order(1) != order(2))
  }

  @Test func withoutShufflingTheOrderStays() throws {
    let (epochs, _) = try run(75, batchSize: 20, epochs: 3, shuffle: false)
    for epoch in epochs {
      #expect(epoch.map { $0.count } == [20, 20, 20, 15])
      #expect(epoch.flatMap { $0 } == (0..<75).map { $0 })
    }
  }

  @Test func epochsAverageOverSamplesNotBatches() throws {
    // Batches 0...3 and 4: the mean of batches would be 2.75.
    let (_, history) = try run(5, batchSize: 4, epochs: 1, shuffle: false)
    #expect(history["loss"] == [2])
  }
}
