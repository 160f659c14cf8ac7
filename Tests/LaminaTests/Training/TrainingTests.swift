import Testing

@testable import Lamina

@Suite struct TrainingTests {
  /// Does something with the training after its first batch.
  private final class Probe: Callback {
    private let body: (Training) throws(LaminaError) -> Void

    init(_ body: @escaping (Training) throws(LaminaError) -> Void) {
      self.body = body
    }

    func batchEnded(_ training: Training) throws(LaminaError) {
      if training.progress.batch == 1 { try body(training) }
    }
  }

  @Test func copiedWeightsComeBack() throws {
    let data = try clusters(64)
    let model = try compiledModel()
    var snapshot: WeightsSnapshot?
    var bits: [UInt32] = []
    try model.fit(
      data,
      callbacks: [
        Probe { (training) throws(LaminaError) in
          snapshot = try training.copyWeights()
          bits = training.model.weightBits
        }
      ])
    #expect(model.weightBits != bits)
    let copy = try #require(snapshot)
    try model.fit(
      data[0..<32],
      callbacks: [Probe { (training) throws(LaminaError) in try training.restoreWeights(copy) }])
    #expect(model.weightBits == bits)
  }

  @Test func weightsOfAnotherNetworkAreRefused() throws {
    let small = try compiledModel()
    let large = try Sequential {
      Dense(500, inputShape: [4])
      Dense(3)
    }
    try large.compile(
      optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    var snapshot: WeightsSnapshot?
    try small.fit(
      clusters(32),
      callbacks: [
        Probe { (training) throws(LaminaError) in snapshot = try training.copyWeights() }
      ])
    let copy = try #require(snapshot)
    expectError(.invalidArgument, "expected a copy of 4003 weights, got 67") {
      try large.fit(
        clusters(32),
        callbacks: [Probe { (training) throws(LaminaError) in try training.restoreWeights(copy) }])
    }
  }

  @Test func gradientsAreSeenAfterTheBackwardPass() throws {
    let model = try compiledModel()
    var shapes: [Shape?] = []
    try model.fit(
      clusters(32),
      callbacks: [
        Probe { training in
          shapes = training.variableNames.map { training.gradient(of: $0)?.shape }
          #expect(training.gradient(of: "dense/kernel")?.elements.contains { $0 != 0 } == true)
          #expect(training.gradient(of: "other") == nil)
        }
      ])
    #expect(shapes == [[4, 8], [8], [8, 3], [3]])
  }
}
