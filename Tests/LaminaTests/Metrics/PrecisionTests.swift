import Testing

@testable import Lamina

@Suite struct PrecisionTests {
  private let predictions: [[Float]] = [[0.9, 0.6, 0.5], [0.1, 0.8, 0.7]]
  private let targets: [[Float]] = [[1, 0, 1], [1, 1, 0]]

  @Test func resultIsTheRightFractionOfWhatSaysYes() {
    #expect(measure(.precision(), predictions, targets) == 0.5)
    #expect(measure(.precision(threshold: 0.75), predictions, targets) == 1)
    #expect(measure(.precision(), predictions, targets, weights: [3, 1]) == 0.5)
    expectClose(measure(.precision(), predictions, targets, weights: [0, 1]), 0.5)
  }

  @Test func nothingThatSaysYesIsZero() {
    #expect(measure(.precision(threshold: 1), predictions, targets) == 0)
  }

  @Test func onlyTheLargestSayYes() {
    #expect(measure(.precision(topK: 1), predictions, targets) == 1)
    #expect(measure(.precision(topK: 2), predictions, targets) == 0.5)
    // Below any threshold of probabilities, and the first of equals.
    #expect(measure(.precision(topK: 1), [[-5, -5]], [[1, 0]]) == 1)
    #expect(measure(.precision(topK: 1), [[-5, -5]], [[0, 1]]) == 0)
    #expect(measure(.precision(threshold: 0.95, topK: 2), predictions, targets) == 0)
  }

  @Test func oneClassCounts() {
    #expect(measure(.precision(classID: 1), predictions, targets) == 0.5)
    #expect(measure(.precision(topK: 1, classID: 0), predictions, targets) == 1)
  }

  @Test func settingsThatDoNotFitAreErrors() throws {
    let targets = try Samples(.float32([0, 1]), shape: [2], count: 1)
    for (metric, message) in [
      (Precision(threshold: 1.5), "threshold of 0 to 1, got 1.5"),
      (Precision(threshold: .nan), "threshold of 0 to 1, got nan"),
      (Precision(topK: 0), "topK to be 1 to 2"), (Precision(topK: 3), "got 3"),
      (Precision(classID: 2), "classID of 0 to 1, got 2"), (Precision(classID: -1), "got -1"),
    ] {
      expectError(.invalidArgument, "precision: ", message) {
        try metric.check(targets: targets, outputShape: [2])
      }
    }
    expectError(.invalidArgument, "precision", "shape [3]") {
      try Precision().check(targets: targets, outputShape: [3])
    }
  }
}
