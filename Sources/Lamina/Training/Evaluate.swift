extension Model {
  /// The loss and the metrics on a data set, with the layers as they are after
  /// training: nothing is dropped.
  ///
  /// - Throws: `.invalidArgument` before `compile` or where data and network do
  ///   not fit; `.outOfMemory`
  public func evaluate(_ dataset: Dataset) throws(LaminaError) -> Evaluation {
    let training = try compiled()
    try build(inputShape: dataset.sampleShape)
    try check(dataset, training)
    let session = try Session(self)
    let output = try FloatStorage(
      rows: session.maximumBatch, columns: [session.outputCount], for: "predictions")
    var means = RunningMeans(loss: training.loss, metrics: training.metrics)
    for start in stride(from: 0, to: dataset.count, by: session.maximumBatch) {
      let range = start..<min(start + session.maximumBatch, dataset.count)
      let predictions = output.matrix(at: 0, rows: range.count, columns: session.outputCount)
      dataset.features.withSamples { samples in
        session.predict(samples, from: start, divisor: dataset.divisor, into: predictions)
      }
      means.add(
        predictions: predictions, labels: dataset.labels.span.extracting(range))
    }
    return Evaluation(sampleCount: dataset.count, values: means.values)
  }
}
