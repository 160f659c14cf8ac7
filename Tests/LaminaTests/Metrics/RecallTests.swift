import Testing

@testable import Lamina

@Suite struct RecallTests {
  private let predictions: [[Float]] = [[0.9, 0.6, 0.5], [0.1, 0.8, 0.7]]
  private let targets: [[Float]] = [[1, 0, 1], [1, 1, 0]]

  @Test func resultIsTheFractionThatSaysYesOfWhatShould() {
    #expect(measure(.recall(), predictions, targets) == 0.5)
    #expect(measure(.recall(threshold: 0.4), predictions, targets) == 0.75)
    #expect(measure(.recall(), predictions, targets, weights: [0, 1]) == 0.5)
    #expect(measure(.recall(topK: 1), predictions, targets) == 0.5)
    #expect(measure(.recall(classID: 1), predictions, targets) == 1)
  }

  @Test func nothingThatShouldSayYesIsZero() {
    #expect(measure(.recall(), predictions, [[0, 0, 0], [0, 0, 0]]) == 0)
  }

  @Test func settingsThatDoNotFitAreErrors() throws {
    expectError(.invalidArgument, "recall: ", "topK") {
      try Recall(topK: 2).check(targets: Samples(values: [1]), outputShape: [1])
    }
  }
}
