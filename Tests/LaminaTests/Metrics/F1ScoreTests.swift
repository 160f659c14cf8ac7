import Testing

@testable import Lamina

@Suite struct F1ScoreTests {
  private let predictions: [[Float]] = [[0.9, 0.1, 0], [0.2, 0.7, 0.1], [0.6, 0.3, 0.1]]
  private let targets: [[Float]] = [[1, 0, 0], [0, 1, 0], [0, 1, 0]]

  @Test func averagesAreOfTheClasses() {
    // The classes' own figures are 2/3, 2/3 and 0.
    expectClose(measure(.f1Score(average: .micro), predictions, targets), 2 / 3)
    expectClose(measure(.f1Score(average: .macro), predictions, targets), 4 / 9)
    expectClose(measure(.f1Score(average: .weighted), predictions, targets), 2 / 3)
    expectClose(
      measure(.f1Score(average: .micro), predictions, targets, weights: [1, 1, 0]), 1)
  }

  @Test func aThresholdDecidesForEachOutput() {
    expectClose(
      measure(.f1Score(average: .micro, threshold: 0.25), predictions, targets), 6 / 7)
  }

  @Test func allEqualLargestSayYesUnlessTheyAreZero() {
    expectClose(measure(.f1Score(average: .micro), [[1, 1]], [[1, 1]]), 1)
    #expect(measure(.f1Score(average: .micro), [[0, 0]], [[1, 1]]) == 0)
  }

  @Test func settingsThatDoNotFitAreErrors() throws {
    let targets = try Samples(.float32([0, 1]), shape: [2], count: 1)
    for threshold: Float in [0, 1.5, .nan] {
      expectError(.invalidArgument, "f1_score", "threshold", "\(threshold)") {
        try F1Score(average: .micro, threshold: threshold).check(
          targets: targets, outputShape: [2])
      }
    }
    expectError(.invalidArgument, "one axis", "[1, 2]") {
      try F1Score(average: .micro).check(targets: targets, outputShape: [1, 2])
    }
  }
}
