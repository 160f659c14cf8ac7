import Testing

@testable import Lamina

@Suite struct TopKCategoricalAccuracyTests {
  @Test func fewerThanKMayBeGreater() {
    let scores: [[Float]] = [[3, 1, 2, 4]]
    #expect(measure(.topKCategoricalAccuracy(k: 2), scores, [[0, 0, 1, 0]]) == 0)
    #expect(measure(.topKCategoricalAccuracy(k: 3), scores, [[0, 0, 1, 0]]) == 1)
    #expect(measure(.topKCategoricalAccuracy(), scores, [[0, 0, 1, 0]]) == 1)
  }

  @Test func equalsCountForTheLabel() {
    #expect(measure(.topKCategoricalAccuracy(k: 1), [[1, 1, 1, 1]], [[0, 0, 1, 0]]) == 1)
  }

  @Test func notANumberIsNoHit() {
    #expect(measure(.topKCategoricalAccuracy(k: 3), [[1, 1, .nan, 1]], [[0, 0, 1, 0]]) == 0)
  }

  @Test func kIsPositive() throws {
    let targets = try Samples(.float32([0, 0, 1, 0]), shape: [4], count: 1)
    try TopKCategoricalAccuracy(k: 9).check(targets: targets, outputShape: [4])
    expectError(.invalidArgument, "k must be at least 1, got 0") {
      try TopKCategoricalAccuracy(k: 0).check(targets: targets, outputShape: [4])
    }
  }
}
