@testable import Lamina

/// What a metric gives after one batch.
func measure(
  _ metric: any Metric, _ predictions: [[Float]], _ targets: [[Float]], weights: [Float]? = nil
) -> Double {
  let predictions = matrix(predictions)
  var state = [Double](
    repeating: 0, count: metric.stateCount(outputShape: [predictions.columns]))
  metric.update(
    &state,
    with: MetricRows(
      predictions: predictions, targets: matrix(targets),
      weights: weights.map { weights in matrix(weights.count, 1) { weights[$0] } }))
  return metric.result(of: state)
}
