/// A loss as a metric: the mean of its rows' losses, weighted, whatever the loss's
/// reduction is. `metrics: [.mse]` measures the mean squared error.
///
/// Source: MeanMetricWrapper in keras/src/metrics/reduction_metrics.py
public final class LossMetric: Metric {
  public let loss: any Loss
  public let name: String

  /// - Parameter name: nil stands for the loss's.
  public init(_ loss: any Loss, name: String? = nil) {
    self.loss = loss
    self.name = name ?? loss.name
  }

  /// The loss's, such as "MeanSquaredError".
  public var className: String { loss.className }

  public var configuration: [JSON.Member] {
    loss.configuration.filter { $0.key != "reduction" }
  }

  public var direction: MetricDirection { .down }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try loss.check(targets: targets, outputShape: outputShape)
  }

  /// The sum, and the sum of the weights.
  public func stateCount(outputShape: Shape) -> Int { 2 }

  /// How many rows are looked at together: their losses fit on the stack.
  private static let pieceSize = 256

  public func update(_ state: inout [Double], with rows: MetricRows) {
    let count = rows.predictions.rows
    var (sum, weights) = (0.0, 0.0)
    MatrixView.withColumn(rows: min(count, LossMetric.pieceSize)) { column in
      for start in stride(from: 0, to: count, by: LossMetric.pieceSize) {
        let range = start..<min(start + LossMetric.pieceSize, count)
        let losses = column.rows(0..<range.count)
        loss.evaluate(
          LossRows(
            predictions: rows.predictions.rows(range), targets: rows.targets.rows(range),
            losses: losses))
        for row in range {
          let weight = rows.weight(ofRow: row)
          sum += weight * Double(losses[row - start, 0])
          weights += weight
        }
      }
    }
    state[0] += sum
    state[1] += weights
  }

  public func result(of state: [Double]) -> Double { quotient(state[0], state[1]) }
}

extension Metric where Self == LossMetric {
  /// The mean squared error, under the name that Keras gives it for "mse".
  public static var mse: LossMetric { LossMetric(MeanSquaredError(), name: "mse") }

  /// The mean absolute error, under the name that Keras gives it for "mae".
  public static var mae: LossMetric { LossMetric(MeanAbsoluteError(), name: "mae") }

  public static var meanSquaredError: LossMetric { LossMetric(MeanSquaredError()) }

  public static var meanAbsoluteError: LossMetric { LossMetric(MeanAbsoluteError()) }
}
