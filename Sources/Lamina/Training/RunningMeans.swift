/// The loss and the metrics so far, each the mean over samples, whatever the
/// sizes of the batches.
struct RunningMeans {
  let loss: any Loss
  let metrics: [any Metric]
  private var lossSum = 0.0
  private var metricSums: [Double]
  private(set) var sampleCount = 0

  init(loss: any Loss, metrics: [any Metric]) {
    self.loss = loss
    self.metrics = metrics
    metricSums = [Double](repeating: 0, count: metrics.count)
  }

  /// Takes a batch in, and writes the loss's gradient where it is asked for.
  mutating func add(
    predictions: MatrixView, labels: Span<Int32>, gradient: MatrixView? = nil
  ) {
    lossSum += loss.sum(predictions: predictions, labels: labels, gradient: gradient)
    for (index, metric) in metrics.enumerated() {
      metricSums[index] += metric.sum(predictions: predictions, labels: labels)
    }
    sampleCount += predictions.rows
  }

  mutating func reset() {
    lossSum = 0
    for index in metricSums.indices { metricSums[index] = 0 }
    sampleCount = 0
  }

  /// "loss", then each metric's name.
  var values: [NamedValue] {
    var values = [NamedValue(name: "loss", value: lossSum / Double(sampleCount))]
    for (index, metric) in metrics.enumerated() {
      values.append(
        NamedValue(name: metric.name, value: metricSums[index] / Double(sampleCount)))
    }
    return values
  }
}
