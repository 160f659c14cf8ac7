import Testing

@testable import Lamina

@Suite struct LossMetricTests {
  @Test func resultIsTheWeightedMeanWhateverTheReduction() {
    let metric = LossMetric(MeanSquaredError(reduction: .sum))
    #expect(measure(metric, [[1], [2], [3]], [[0], [0], [0]]) == 14.0 / 3)
    #expect(measure(metric, [[1], [2], [3]], [[0], [0], [0]], weights: [1, 3, 0]) == 3.25)
    #expect(measure(metric, [[1]], [[0]], weights: [0]) == 0)
  }

  @Test func manyRowsAreMeasuredInPieces() {
    let rows = (0..<1000).map { [Float($0)] }
    let zeros = [[Float]](repeating: [0], count: 1000)
    expectClose(measure(.mae, rows, zeros), 499.5)
    let weights = (0..<1000).map { $0 < 600 ? Float(1) : 0 }
    expectClose(measure(.mae, rows, zeros, weights: weights), 299.5)
  }

  @Test func namesAreKerass() {
    let metrics: [LossMetric] = [.mse, .mae, .meanSquaredError, .meanAbsoluteError]
    #expect(metrics.map { $0.name } == ["mse", "mae", "mean_squared_error", "mean_absolute_error"])
    #expect(metrics.map { $0.className }[0...1] == ["MeanSquaredError", "MeanAbsoluteError"])
    #expect(metrics.allSatisfy { $0.direction == .down })
    #expect(SparseCategoricalAccuracy().direction == .up)
  }

  @Test func checksAreTheLosss() {
    expectError(.invalidArgument, "mean_squared_error", "[2]") {
      try LossMetric.mse.check(targets: Samples(labels: [0]), outputShape: [2])
    }
  }
}
