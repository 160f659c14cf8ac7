import Testing

@testable import Lamina

@Suite struct TrainingAllocationTests {
  @Test func stepsOfAConvolutionalNetworkAllocateNothing() throws {
    try AllocationCounter.run(
      "TrainingAllocationTests/stepsOfAConvolutionalNetworkAllocateNothing"
    ) {
      let model = try convolutionalModel()
      let optimizer = CountingAdam()
      try model.compile(
        optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
        metrics: [.accuracy])
      try model.fit(pictures(19 * 8 + 3), batchSize: 8, epochs: 2)
      #expect(optimizer.counts[0] > 0)
      #expect(optimizer.counts[18] - optimizer.counts[0] == 0)
      #expect(optimizer.counts[39] - optimizer.counts[20] == 0)
    }
  }

  @Test func stepsOfPooledConvolutionsAllocateNothing() throws {
    try AllocationCounter.run(
      "TrainingAllocationTests/stepsOfPooledConvolutionsAllocateNothing"
    ) {
      let model = try Sequential(seed: 2) {
        Conv2D(20, kernelSize: 3, activation: .relu, inputShape: [8, 8, 1])
        MaxPooling2D()
        Conv2D(6, kernelSize: 2, padding: .same)
        MaxPooling2D()
        Flatten()
        Dense(3)
      }
      let optimizer = CountingAdam()
      try model.compile(
        optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
        metrics: [.accuracy])
      model.threadCount = 2
      try model.fit(pictures(19 * 8 + 3), batchSize: 8, epochs: 2)
      #expect(optimizer.counts[0] > 0)
      #expect(optimizer.counts[18] - optimizer.counts[0] == 0)
      #expect(optimizer.counts[39] - optimizer.counts[20] == 0)
    }
  }

  @Test func stepsOfABranchedNetworkAllocateNothing() throws {
    try AllocationCounter.run("TrainingAllocationTests/stepsOfABranchedNetworkAllocateNothing") {
      let model = try branchedModel()
      let optimizer = CountingAdam()
      try model.compileBranches(optimizer: optimizer)
      let data = try branchedData(19 * 8 + 3)
      try model.fit(
        data.weighted(by: [Float](repeating: 1.5, count: data.count)), batchSize: 8, epochs: 2)
      #expect(optimizer.counts[0] > 0)
      #expect(optimizer.counts[18] - optimizer.counts[0] == 0)
      #expect(optimizer.counts[39] - optimizer.counts[20] == 0)
    }
  }
}
