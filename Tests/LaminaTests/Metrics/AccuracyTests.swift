import Testing

@testable import Lamina

@Suite struct AccuracyTests {
  @Test func sumCountsTheRightSamples() {
    let predictions = matrix([[0, 2, 1], [5, 5, 1], [5, 5, 1], [-3, -2, -1]])
    let labels: [Int32] = [1, 0, 1, 2, 9]
    #expect(Accuracy().sum(predictions: predictions, labels: labels.span) == 3)
    #expect(Accuracy().name == "accuracy")
  }
}
