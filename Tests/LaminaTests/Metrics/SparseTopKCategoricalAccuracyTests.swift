import Testing

@testable import Lamina

@Suite struct SparseTopKCategoricalAccuracyTests {
  @Test func fewerThanKMayBeGreater() {
    let scores: [[Float]] = [[3, 1, 2, 4]]
    #expect(measure(.sparseTopKCategoricalAccuracy(k: 2), scores, [[2]]) == 0)
    #expect(measure(.sparseTopKCategoricalAccuracy(k: 3), scores, [[2]]) == 1)
    #expect(measure(.sparseTopKCategoricalAccuracy(), scores, [[2]]) == 1)
  }

  @Test func equalsCountForTheLabel() {
    #expect(measure(.sparseTopKCategoricalAccuracy(k: 1), [[1, 1, 1, 1]], [[2]]) == 1)
  }

  @Test func notANumberIsNoHit() {
    #expect(measure(.sparseTopKCategoricalAccuracy(k: 3), [[1, 1, .nan, 1]], [[2]]) == 0)
  }

  @Test func kIsPositive() throws {
    let targets = Samples(labels: [2])
    try SparseTopKCategoricalAccuracy(k: 9).check(targets: targets, outputShape: [4])
    expectError(.invalidArgument, "k must be at least 1, got 0") {
      try SparseTopKCategoricalAccuracy(k: 0).check(targets: targets, outputShape: [4])
    }
  }

  @Test(arguments: [-1, 4, Float.nan, .infinity])
  func uncheckedLabelsOutsideTheClassesAreNoHit(_ label: Float) {
    #expect(measure(.sparseTopKCategoricalAccuracy(k: 9), [[1, 1, 1, 1]], [[label]]) == 0)
  }
}
