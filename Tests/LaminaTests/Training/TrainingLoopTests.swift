import Testing

@testable import Lamina

@Suite struct TrainingLoopTests {
  @Test func stepsAllocateNothing() throws {
    try AllocationCounter.run("TrainingLoopTests/stepsAllocateNothing") {
      let data = try clusters(99 * 32 + 7)
      let model = try smallModel()
      let optimizer = CountingAdam()
      try model.compile(
        optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
        metrics: [.accuracy])
      try model.fit(data, epochs: 2)
      let counts = optimizer.counts
      #expect(counts[0] > 0)
      // From a batch's update to the next one's; the first batches, whole and
      // partial, make their views, and an epoch allocates for its order.
      #expect(counts[98] - counts[0] == 0)
      #expect(counts[199] - counts[100] == 0)
    }
  }
}
