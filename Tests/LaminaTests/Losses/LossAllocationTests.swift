import Testing

@testable import Lamina

@Suite struct LossAllocationTests {
  @Test func batchesOfLossesAndMetricsAllocateNothing() throws {
    try AllocationCounter.run("batchesOfLossesAndMetricsAllocateNothing") {
      let losses: [any Loss] = [
        .binaryCrossentropy(), .categoricalCrossentropy(fromLogits: true), .hinge(), .huber(),
        .klDivergence(), .meanAbsoluteError(), .meanSquaredError(),
      ]
      let metrics: [any Metric] = [
        .categoricalAccuracy, .binaryAccuracy(), .topKCategoricalAccuracy(k: 2),
        .precision(topK: 2), .recall(), .f1Score(average: .macro), .mse,
      ]
      let rows = LossRows(
        predictions: matrix(300, 10) { Float($0 % 7) / 7 },
        targets: matrix(300, 10) { Float($0 % 2) },
        losses: matrix(300, 1), gradient: matrix(300, 10))
      let weights = matrix(300, 1) { Float($0) }
      var states = metrics.map { [Double](repeating: 0, count: $0.stateCount(outputShape: [10])) }
      let metricRows = MetricRows(
        predictions: rows.predictions, targets: rows.targets, weights: weights)
      for round in 0..<3 {
        let before = AllocationCounter.current
        var sum = 0.0
        for index in losses.indices {
          losses[index].evaluate(rows)
          sum += losses[index].reduction.reduce(rows, weights: weights)
        }
        for index in metrics.indices { metrics[index].update(&states[index], with: metricRows) }
        let allocations = AllocationCounter.current - before
        #expect(sum.isFinite)
        // The first round may load what it needs.
        if round > 0 { #expect(allocations == 0) }
      }
    }
  }
}
