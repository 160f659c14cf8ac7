/// What a classifier gives for each sample of a data set, and what it should.
struct ClassOutputs {
  let session: Session
  let classes: [Int]
  let weights: [Float]?
  private let storage: FloatStorage

  /// One row for each sample; valid as long as this is.
  var rows: MatrixView {
    storage.matrix(at: 0, rows: classes.count, columns: session.outputCount)
  }

  init(of model: Model, on dataset: Dataset) throws(LaminaError) {
    try model.build(inputShapes: dataset.inputs.map { $0.shape })
    session = try Session(model, threadCount: model.workers.threadCount)
    guard session.inputShapes.count == 1, session.outputShapes.count == 1,
      session.outputShape.rank == 1, session.outputCount > 1
    else {
      throw LaminaError(
        .invalidArgument,
        "\(model.name): expected a model of one input that gives a score for each class, "
          + "it gives \(session.outputShapes.map { $0.description }.joined(separator: ", "))")
    }
    classes = try ClassOutputs.classes(of: dataset, count: session.outputCount)
    weights = dataset.sampleWeights
    storage = try FloatStorage(
      rows: classes.count, columns: [session.outputCount], for: "predictions")
    try predict(dataset)
  }

  private static func classes(of dataset: Dataset, count: Int) throws(LaminaError) -> [Int] {
    guard dataset.count > 0 else {
      throw LaminaError(.invalidArgument, "\(dataset.name): no samples")
    }
    guard dataset.targets.count == 1, dataset.targets[0].size == 1 else {
      throw LaminaError(.invalidArgument, "\(dataset.name): expected one class for each sample")
    }
    var classes: [Int] = []
    for sample in 0..<dataset.count {
      let value = dataset.targets[0].value(sample, 0)
      guard let index = Int(exactly: value), (0..<count).contains(index) else {
        throw LaminaError(
          .invalidArgument,
          "\(dataset.name): sample \(sample) has the class \(value), expected 0 to \(count - 1)")
      }
      classes.append(index)
    }
    return classes
  }

  /// In pieces, since bytes become float32 on the way.
  private func predict(_ dataset: Dataset) throws(LaminaError) {
    let most = min(256, dataset.count)
    let samples = try FloatStorage(rows: most, columns: [session.inputCount], for: "samples")
    let order = (0..<Int32(dataset.count)).map { $0 }
    withExtendedLifetime(samples) {
      for start in stride(from: 0, to: dataset.count, by: most) {
        let piece = start..<min(start + most, dataset.count)
        let inputs = samples.matrix(at: 0, rows: piece.count, columns: session.inputCount)
        dataset.inputs[0].gather(order[piece], into: inputs, divisor: dataset.divisor)
        session.predict(SampleView(inputs), into: rows.rows(piece))
      }
    }
  }

  /// - Throws: `.invalidArgument` where one is not finite.
  func makeLogits(name: String) throws(LaminaError) {
    if session.givesProbabilities { rows.applyLogarithm() }
    for sample in classes.indices {
      for index in 0..<rows.columns where !rows[sample, index].isFinite {
        throw LaminaError(
          .invalidArgument,
          "\(name): expected finite scores, sample \(sample) has \(rows[sample, index])")
      }
    }
  }

  func makeProbabilities() { session.makeProbabilities(of: rows) }
}
