import Testing

@testable import Lamina

@Suite struct SparseCategoricalAccuracyTests {
  @Test func resultIsTheFractionOfRightRows() {
    let predictions: [[Float]] = [[0, 2, 1], [5, 5, 1], [5, 5, 1], [-3, -2, -1]]
    #expect(measure(.sparseCategoricalAccuracy, predictions, [[1], [0], [1], [2]]) == 0.75)
  }

  @Test func weightsCount() {
    let predictions: [[Float]] = [[1, 0], [0, 1], [0, 1]]
    let targets: [[Float]] = [[0], [0], [1]]
    #expect(
      measure(.sparseCategoricalAccuracy, predictions, targets, weights: [3, 1, 0]) == 0.75)
    #expect(measure(.sparseCategoricalAccuracy, predictions, targets, weights: [0, 0, 0]) == 0)
  }

  @Test func oneWeightStandsForAllRowsOfASample() {
    let predictions: [[Float]] = [[1, 0], [0, 1], [0, 1], [0, 1]]
    #expect(
      measure(
        .sparseCategoricalAccuracy, predictions, [[0], [0], [1], [1]], weights: [1, 3]) == 0.875)
  }

  @Test func batchesAddUp() {
    let metric = SparseCategoricalAccuracy()
    var state = [0.0, 0.0]
    #expect(metric.result(of: state) == 0)
    for label: Float in [0, 1, 1, 1] {
      metric.update(
        &state, with: MetricRows(predictions: matrix([[0, 1]]), targets: matrix([[label]])))
    }
    #expect(metric.result(of: state) == 0.75)
  }
}
