/// A metric that is the mean of what it gives each row, weighted; 0 where all
/// weights are 0.
///
/// Source: Mean in keras/src/metrics/reduction_metrics.py
public protocol MeanMetric: Metric {
  func value(ofRow row: Int, in rows: MetricRows) -> Double
}

extension MeanMetric {
  /// The sum, and the sum of the weights.
  public func stateCount(outputShape: Shape) -> Int { 2 }

  public func update(_ state: inout [Double], with rows: MetricRows) {
    updateByRow(&state, with: rows)
  }

  /// Takes each row's value in.
  func updateByRow(_ state: inout [Double], with rows: MetricRows) {
    var (sum, weights) = (0.0, 0.0)
    for row in 0..<rows.predictions.rows {
      let weight = rows.weight(ofRow: row)
      sum += weight * value(ofRow: row, in: rows)
      weights += weight
    }
    state[0] += sum
    state[1] += weights
  }

  public func result(of state: [Double]) -> Double { quotient(state[0], state[1]) }
}

/// 0 where the divisor is, as Keras divides counts.
func quotient(_ dividend: Double, _ divisor: Double) -> Double {
  divisor == 0 ? 0 : dividend / divisor
}
