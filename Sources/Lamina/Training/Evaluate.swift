import CSystem

extension Model {
  /// The loss and the metrics on a data set, with the layers as they are after
  /// training: nothing is dropped.
  ///
  /// - Parameter batchSize: how many samples a batch has, whose loss is reduced
  ///   to one number; the loss is the mean of these, weighed by their sizes.
  /// - Throws: `.invalidArgument` before `compile` or where data and network do
  ///   not fit; `.outOfMemory`
  public func evaluate(
    _ dataset: Dataset, batchSize: Int = 32
  ) throws(LaminaError) -> Evaluation {
    guard batchSize > 0, batchSize <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "expected a batch size of 1 to 65536, got \(batchSize)")
    }
    let state = try compiled()
    try build(inputShapes: dataset.inputs.map { $0.shape })
    let objective = try bind(dataset, state)
    let (graph, store) = try built()
    var scores = Scores(objective, graph: graph)
    let regularization = RegularizationTerms(
      graph, values: { store.view(of: $0) }, gradient: { _ in nil }
    ).loss
    let evaluator = try Evaluator(
      self, dataset, objective,
      rows: evaluationRows(batchSize: batchSize, sampleCount: dataset.count))
    let begin = laminasystem_seconds()
    withExtendedLifetime(evaluator) {
      evaluator.run(batchSize: batchSize, regularization: regularization, into: &scores)
    }
    return Evaluation(
      sampleCount: dataset.count, batchCount: (dataset.count + batchSize - 1) / batchSize,
      seconds: laminasystem_seconds() - begin, values: scores.values)
  }

  /// The loss and the metrics on one batch.
  ///
  /// - Throws: as `evaluate`.
  public func testOnBatch(_ batch: Dataset) throws(LaminaError) -> Evaluation {
    guard batch.count <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "\(batch.name): a batch has at most 65536 samples, got \(batch.count)")
    }
    return try evaluate(batch, batchSize: max(1, batch.count))
  }
}

extension Model {
  /// How often a classifier takes each class for each other: the first output
  /// against the first target of a data set.
  ///
  /// - Throws: `.invalidArgument` where data and network do not fit, or an output
  ///   is no score of classes; `.outOfMemory`
  public func confusionMatrix(on dataset: Dataset) throws(LaminaError) -> ConfusionMatrix {
    let state =
      training
      ?? TrainingState(
        optimizer: Adam(), objective: .each(OutputTraining(loss: nil, metrics: [Accuracy()])))
    let (graph, _) = try built()
    let objective = try bind(dataset, state)
    let evaluator = try Evaluator(self, dataset, objective, rows: 256)
    let columns = graph.outputs[0].shape.dimensions.last ?? 1
    var matrix = try ConfusionMatrix(classCount: max(2, columns), labels: labels)
    var failure: LaminaError?
    evaluator.forEachPiece { predictions in
      do throws(LaminaError) {
        try matrix.add(
          predictions: predictions[0],
          targets: evaluator.targets.targets(of: 0, rows: predictions[0].rows))
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return matrix
  }
}

/// How many samples are computed at once: whole batches, several where they are
/// small, and no more than there are samples.
func evaluationRows(batchSize: Int, sampleCount: Int) -> Int {
  let batches = min(max(1, 256 / batchSize), (sampleCount + batchSize - 1) / batchSize)
  return batches == 1 ? min(batchSize, sampleCount) : batches * batchSize
}

/// Predicts samples in large pieces and measures them in the batches' sizes.
private struct Evaluator {
  let dataset: Dataset
  let session: Session
  let targets: TargetBatch
  let inputs: [FloatStorage]
  let outputs: [FloatStorage]
  let rows: Int

  init(
    _ model: Model, _ dataset: Dataset, _ objective: BoundObjective, rows: Int
  ) throws(LaminaError) {
    self.dataset = dataset
    self.rows = rows
    session = try Session(model, threadCount: model.workers.threadCount)
    targets = try TargetBatch(
      objective, graph: try model.built().graph, shapes: dataset.targets.map { $0.shape },
      maximumRows: rows, isWeighted: dataset.sampleWeights != nil)
    inputs = try session.inputShapes.map { (shape) throws(LaminaError) in
      try FloatStorage(rows: rows, columns: [shape.checkedElementCount ?? 0], for: "samples")
    }
    outputs = try session.outputShapes.map { (shape) throws(LaminaError) in
      try FloatStorage(rows: rows, columns: [shape.checkedElementCount ?? 0], for: "predictions")
    }
  }

  /// Measures the predictions batch by batch.
  func run(batchSize: Int, regularization: Double, into scores: inout Scores) {
    forEachPiece { predictions in
      let rows = predictions[0].rows
      for first in stride(from: 0, to: rows, by: batchSize) {
        let batch = first..<min(first + batchSize, rows)
        _ = scores.add(
          predictions: predictions.map { $0.rows(batch) }, targets: targets,
          regularization: regularization, from: first, rows: batch.count)
      }
    }
  }

  /// Predicts `rows` samples at a time, whose targets are then in `targets`.
  func forEachPiece(_ body: ([MatrixView]) -> Void) {
    let order = (0..<Int32(dataset.count)).map { $0 }
    for start in stride(from: 0, to: dataset.count, by: rows) {
      let piece = start..<min(start + rows, dataset.count)
      let samples = views(inputs, rows: piece.count)
      let predictions = views(outputs, rows: piece.count)
      dataset.load(order[piece], into: samples, targets, classWeights: nil)
      session.predict(samples.map { .float32(UnsafePointer($0.elements)) }, into: predictions)
      body(predictions)
    }
  }

  private func views(_ storages: [FloatStorage], rows: Int) -> [MatrixView] {
    storages.map { $0.matrix(at: 0, rows: rows, columns: $0.count / self.rows) }
  }
}
