import Testing

@testable import Lamina

@Suite struct SessionThreadsTests {
  private func models() throws -> [Model] {
    [
      try Sequential(seed: 5) {
        Dense(64, activation: .relu, inputShape: [20])
        Dense(3, activation: .softmax)
      },
      try convolutionalModel(), try branchedModel(),
    ]
  }

  private func batches(_ model: Model, rows: Int) -> [MatrixView] {
    var generator = SeededGenerator(seed: 6)
    return model.inputShapes.map { matrix(rows, $0.checkedElementCount ?? 0, from: &generator) }
  }

  @Test func threadsAndLargestBatchesDoNotChangeBits() throws {
    for model in try models() {
      let inputs = batches(model, rows: 1001)
      let expected = try Session(model).outputs(inputs)
      for threadCount in [1, 2, 3, 7] {
        for maximumBatch in [1, 100, 65_536] {
          let session = try Session(
            model, maximumBatch: maximumBatch, threadCount: threadCount)
          for _ in 0..<3 { #expect(session.outputs(inputs) == expected) }
        }
      }
    }
  }

  @Test func bytesAreConvertedByTheThreadsThatReadThem() throws {
    let model = try convolutionalModel()
    model.preprocessing = .mnist
    let bytes = (0..<700 * 64).map { UInt8(truncatingIfNeeded: $0 * 37) }
    var results: [[Float]] = []
    for threadCount in [1, 3] {
      let session = try Session(model, threadCount: threadCount)
      let outputs = matrix(700, 3) { _ in .nan }
      SampleView.with(bytes) { session.predict($0, into: outputs) }
      #expect(isFramed(outputs))
      results.append(outputs.toArray())
    }
    #expect(results[0] == results[1])
    expectClose(
      results[0],
      try Session(model).outputs([matrix(700, 64) { Float(bytes[$0]) / 255 }])[0])
  }

  @Test func manySessionsShareTheThreads() async throws {
    let model = try Sequential(seed: 5) { Dense(30, activation: .relu, inputShape: [20]) }
    let expected = try Session(model).outputs(batches(model, rows: 1000))
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        let copy = try Sequential(seed: 5) { Dense(30, activation: .relu, inputShape: [20]) }
        let session = Transferred(try Session(copy, threadCount: 2))
        let inputs = Transferred(batches(copy, rows: 1000))
        group.addTask {
          (0..<20).allSatisfy { _ in session.value.outputs(inputs.value) == expected }
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test func threadCountIsBounded() throws {
    let model = try branchedModel()
    for threadCount in [0, -1, Workers.maximumThreadCount + 1, .max] {
      expectError(.invalidArgument, "1 to 64 threads", "\(threadCount)") {
        _ = try Session(model, threadCount: threadCount)
      }
    }
    #expect(try Session(model, threadCount: 64).threadCount == 64)
    #expect(try Session(model).threadCount == 1)
  }

  @Test func threadsAllocateNothing() throws {
    try AllocationCounter.run("SessionThreadsTests/threadsAllocateNothing") {
      let model = try convolutionalModel()
      let session = try Session(model, threadCount: 3)
      let samples = batches(model, rows: 900)[0]
      let outputs = matrix(900, 3)
      var counts: [Int] = []
      counts.reserveCapacity(10)
      for _ in 0..<4 {
        session.predict(.float32(UnsafePointer(samples.elements)), into: outputs)
        counts.append(AllocationCounter.current)
      }
      #expect(counts[0] > 0)
      #expect(counts[3] - counts[0] == 0)
    }
  }
}

/// Something that one task gives to another, and uses no more itself.
private struct Transferred<Value>: @unchecked Sendable {
  let value: Value

  init(_ value: Value) { self.value = value }
}
