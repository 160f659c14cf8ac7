import Testing

@testable import Lamina

@Suite struct CategoricalAccuracyTests {
  @Test func largestNumbersAreCompared() {
    let predictions: [[Float]] = [[0, 2, 1], [5, 5, 1], [1, 2, 3]]
    let targets: [[Float]] = [[0, 1, 0], [0.4, 0.4, 0.2], [1, 0, 0]]
    expectClose(measure(.categoricalAccuracy, predictions, targets), 2 / 3)
  }

  @Test func classesAreNoRows() {
    expectError(.invalidArgument, "categorical_accuracy", "[3]") {
      try CategoricalAccuracy().check(targets: Samples(labels: [0]), outputShape: [3])
    }
  }
}
