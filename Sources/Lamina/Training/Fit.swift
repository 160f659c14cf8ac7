extension Model {
  /// Says how the model is to be trained.
  public func compile(
    optimizer: any Optimizer, loss: any Loss, metrics: [any Metric] = []
  ) throws(LaminaError) {
    guard !isTraining else { throw busy }
    training = TrainingState(optimizer: optimizer, loss: loss, metrics: metrics)
  }

  /// Trains on a data set: in each epoch all samples once, in a new random
  /// order, in batches; the last one may be smaller.
  ///
  /// - Parameters:
  ///   - validation: evaluated after each epoch.
  ///   - shuffle: false keeps the data's order.
  ///   - onEvent: sees each step, and can stop the training. It may predict,
  ///     evaluate and save, but not train.
  /// - Returns: each epoch's loss and metrics, measured while it went on.
  /// - Throws: `.invalidArgument` before `compile` or where data and network do
  ///   not fit; `.busy` inside a callback; `.outOfMemory`
  @discardableResult
  public func fit(
    _ dataset: Dataset, batchSize: Int = 32, epochs: Int = 1, validation: Dataset? = nil,
    shuffle: Bool = true, onEvent: ((TrainingEvent) -> TrainingDecision)? = nil
  ) throws(LaminaError) -> History {
    guard !isTraining else { throw busy }
    let training = try compiled()
    guard batchSize > 0, batchSize <= 65_536, epochs >= 0 else {
      throw LaminaError(
        .invalidArgument,
        "expected a batch size of 1 to 65536 and no negative epochs, got \(batchSize) and \(epochs)"
      )
    }
    try prepare(for: dataset, training)
    if let validation { try check(validation, training) }
    try makeStoreUnique()
    let (graph, store) = try built()
    let plan = try TrainingPlan(
      graph: graph, store: store, maximumRows: min(batchSize, dataset.count), seed: seed)
    let loop = TrainingLoop(
      training: training, plan: plan,
      slots: try training.slots(parameterCount: graph.parameterCount),
      dataset: dataset, seed: seed, shuffle: shuffle, epochs: epochs, onEvent: onEvent)
    isTraining = true
    defer { isTraining = false }
    let stepsBefore = training.step
    let history = try loop.run { () throws(LaminaError) in
      guard let validation else { return [] }
      return try self.evaluate(validation).values.map {
        NamedValue(name: "val_" + $0.name, value: $0.value)
      }
    }
    let steps = training.step - stepsBefore
    if steps > 0 {
      append(record(of: training, dataset, batchSize: batchSize, steps: steps, history))
    }
    return history
  }

  /// - Throws: `.invalidArgument` before `compile`.
  func compiled() throws(LaminaError) -> TrainingState {
    guard let training else {
      throw LaminaError(.invalidArgument, "\(name): call compile before fit or evaluate")
    }
    return training
  }

  private func prepare(for dataset: Dataset, _ training: TrainingState) throws(LaminaError) {
    try build(inputShape: dataset.sampleShape)
    try check(dataset, training)
    if let preprocessing = dataset.preprocessing { self.preprocessing = preprocessing }
    if !dataset.classNames.isEmpty, dataset.classNames.count == outputShape?.dimensions.last {
      labels = dataset.classNames
    }
  }

  /// - Throws: `.invalidArgument` where the data are none, or do not fit.
  func check(_ dataset: Dataset, _ training: TrainingState) throws(LaminaError) {
    let (graph, _) = try built()
    guard dataset.count > 0 else {
      throw LaminaError(.invalidArgument, "\(dataset.name): no samples")
    }
    guard dataset.sampleShape == graph.inputShape else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected samples of shape \(graph.inputShape), "
          + "\(dataset.name) has \(dataset.sampleShape)")
    }
    do throws(LaminaError) {
      try training.loss.check(labels: dataset.labels, outputShape: graph.outputShape)
    } catch {
      throw error.at(dataset.name)
    }
  }

  /// Adds to the training record; one that is no list, from another's file,
  /// gives way.
  private func append(_ record: JSON) {
    var records: [JSON] = []
    if let text = trainingRecord, let earlier = try? JSON(parsing: text) {
      records = earlier.arrayValue ?? []
    }
    trainingRecord = JSON.array(records + [record]).text
  }

  private func record(
    of training: TrainingState, _ dataset: Dataset, batchSize: Int, steps: Int,
    _ history: History
  ) -> JSON {
    func described(_ name: String, _ configuration: [JSON.Member]) -> JSON {
      .object([JSON.Member("name", .string(name))] + configuration)
    }
    let epochs = history.epochs.map { epoch in
      JSON.object(epoch.values.map { JSON.Member($0.name, .number($0.value)) })
    }
    return .object([
      JSON.Member("dataset", .string(dataset.name)),
      JSON.Member("samples", .integer(dataset.count)),
      JSON.Member("batch_size", .integer(batchSize)),
      JSON.Member("epochs", .integer(history.epochs.count)),
      // Fewer than the epochs have, where the training was stopped.
      JSON.Member("steps", .integer(steps)),
      JSON.Member("seed", .string("\(seed)")),
      JSON.Member(
        "optimizer", described(training.optimizer.name, training.optimizer.configuration)),
      JSON.Member("loss", described(training.loss.name, training.loss.configuration)),
      JSON.Member("history", .array(epochs)),
    ])
  }
}
