extension Model {
  /// Trains on a data set: in each epoch all samples once, in a new random
  /// order, in batches; the last one may be smaller.
  ///
  /// - Parameters:
  ///   - epochs: the epoch before which to end; with `initialEpoch` 0 as many
  ///     are done.
  ///   - initialEpoch: where to begin to count.
  ///   - stepsPerEpoch: how many batches an epoch has at most; the next epoch
  ///     then goes on with the samples that are left.
  ///   - validation: evaluated after each epoch.
  ///   - validationSplit: the fraction of the samples, the last ones, that are
  ///     not trained with but evaluated after each epoch; 0 to below 1.
  ///   - classWeights: how much the samples of a class count in the loss; 1 for
  ///     classes that are not listed. A data set has no sample weights then.
  ///   - shuffle: false keeps the data's order.
  ///   - callbacks: watch the training and take part in it, in their order.
  ///   - onEvent: sees each step, and can stop the training. It may predict,
  ///     evaluate and save, but not train.
  /// - Returns: each epoch's loss and metrics, measured while it went on.
  /// - Throws: `.invalidArgument` before `compile`, where data and network do
  ///   not fit, or where the loss is not finite; `.busy` inside a callback;
  ///   `.outOfMemory`; what a callback throws.
  @discardableResult
  public func fit(
    _ dataset: Dataset, batchSize: Int = 32, epochs: Int = 1, initialEpoch: Int = 0,
    stepsPerEpoch: Int? = nil, validation: Dataset? = nil, validationSplit: Double = 0,
    classWeights: [Int: Float] = [:], shuffle: Bool = true, callbacks: [any Callback] = [],
    onEvent: ((TrainingEvent) -> TrainingDecision)? = nil
  ) throws(LaminaError) -> History {
    let request = FitRequest(
      batchSize: batchSize, epochs: epochs, initialEpoch: initialEpoch,
      stepsPerEpoch: stepsPerEpoch, classWeights: classWeights, callbacks: callbacks,
      onEvent: onEvent)
    try request.check(dataset)
    guard dataset.count > 0 else {
      throw LaminaError(.invalidArgument, "\(dataset.name): no samples")
    }
    let (dataset, validation) = try split(dataset, validation, fraction: validationSplit)
    let source = DatasetSource(
      dataset, batchSize: batchSize, seed: seed, shuffle: shuffle, stepsPerEpoch: stepsPerEpoch,
      classWeights: request.weights)
    return try fit(
      source, first: dataset, rows: min(batchSize, dataset.count), validation: validation,
      validationBatchSize: batchSize, request)
  }

  /// Trains on batches that come one by one, in the order in which they come.
  ///
  /// - Parameters:
  ///   - batches: each element is a batch. Every epoch begins the sequence anew,
  ///     unless `stepsPerEpoch` says how many batches make an epoch: then they
  ///     go on from one epoch to the next.
  ///   - validation: evaluated after each epoch.
  /// - Returns, throws: as the other `fit`; also where an epoch finds no batch.
  @discardableResult
  public func fit<Batches: Sequence>(
    batches: Batches, epochs: Int = 1, initialEpoch: Int = 0, stepsPerEpoch: Int? = nil,
    validation: Dataset? = nil, classWeights: [Int: Float] = [:],
    callbacks: [any Callback] = [], onEvent: ((TrainingEvent) -> TrainingDecision)? = nil
  ) throws(LaminaError) -> History where Batches.Element == Dataset {
    let request = FitRequest(
      batchSize: 1, epochs: epochs, initialEpoch: initialEpoch, stepsPerEpoch: stepsPerEpoch,
      classWeights: classWeights, callbacks: callbacks, onEvent: onEvent)
    return try fit(streaming: request, validation: validation) {
      var iterator = batches.makeIterator()
      return { () throws(LaminaError) in iterator.next() }
    }
  }

  /// The same for batches whose making can fail.
  ///
  /// - Parameter makeIterator: begins the batches anew; what it gives gives one
  ///   batch after another, and nil at the end.
  func fit(
    streaming request: FitRequest, validation: Dataset?,
    makeIterator: @escaping () -> () throws(LaminaError) -> Dataset?
  ) throws(LaminaError) -> History {
    // The model is built for the first batch, which is then trained with, too.
    var iterator: StreamSource.Iterator? = makeIterator()
    guard let first = try iterator?() else {
      throw LaminaError(.invalidArgument, "\(name): expected batches, there are none")
    }
    try request.check(first)
    var held: Dataset? = first
    let source = StreamSource(
      stepsPerEpoch: request.stepsPerEpoch, classWeights: request.weights,
      check: { (batch) throws(LaminaError) in
        try request.check(batch)
        _ = try self.bind(batch, self.compiled())
        try batch.checkSameForm(as: first)
      },
      makeIterator: {
        let own = iterator ?? makeIterator()
        iterator = nil
        return { () throws(LaminaError) in
          defer { held = nil }
          if let held { return held }
          return try own()
        }
      })
    return try fit(
      source, first: first, rows: max(1, first.count), validation: validation,
      validationBatchSize: 32, request)
  }

  /// - Parameters:
  ///   - first: data that the model is built for.
  ///   - rows: how many samples a batch has at most, as far as is known.
  private func fit(
    _ source: any BatchSource, first: Dataset, rows: Int, validation: Dataset?,
    validationBatchSize: Int, _ request: FitRequest
  ) throws(LaminaError) -> History {
    guard !isTraining else { throw busy }
    let state = try compiled()
    try build(inputShapes: first.inputs.map { $0.shape })
    let objective = try bind(first, state)
    try checkClassWeights(request)
    if let validation { _ = try bind(validation, state) }
    takeOver(first)
    batchTrainer = nil
    gradientStep = nil
    try makeStoreUnique()
    let (graph, _) = try built()
    let training = Training(
      model: self, state: state,
      progress: TrainingProgress(
        epochCount: request.epochs, epoch: request.initialEpoch, batchCount: source.batchCount),
      callbacks: request.allCallbacks)
    let form = BatchForm(first, hasClassWeights: request.weights != nil)
    let makeTrainer = { (rows: Int) throws(LaminaError) in
      try BatchTrainer(self, state, objective, form, maximumRows: rows)
    }
    training.trainer = try makeTrainer(rows)
    let loop = TrainingLoop(
      training: training, source: source, scores: Scores(objective, graph: graph),
      makeTrainer: makeTrainer)
    isTraining = true
    defer { isTraining = false }
    let history = try loop.run { () throws(LaminaError) in
      guard let validation else { return [] }
      return try self.validate(validation, batchSize: validationBatchSize, training)
    }
    if state.step > training.firstStep {
      record(state, first, request, steps: state.step - training.firstStep, history)
    }
    return history
  }

  /// What an epoch's result gets of the validation.
  private func validate(
    _ validation: Dataset, batchSize: Int, _ training: Training
  ) throws(LaminaError) -> [NamedValue] {
    for callback in training.callbacks { try callback.validationBegan(training) }
    let values = try evaluate(validation, batchSize: batchSize).values.map {
      NamedValue(name: "val_" + $0.name, value: $0.value)
    }
    for callback in training.callbacks { try callback.validationEnded(values, training) }
    return values
  }

  /// - Throws: `.invalidArgument` where classes have weights and the model has
  ///   several outputs: which one's would they be?
  func checkClassWeights(_ request: FitRequest) throws(LaminaError) {
    let outputs = try built().graph.outputs
    guard request.weights == nil || outputs.count == 1 else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected no class weights for a model with \(outputs.count) outputs")
    }
  }

  /// The data's preprocessing and its classes' names become the model's.
  func takeOver(_ dataset: Dataset) {
    if let preprocessing = dataset.preprocessing { self.preprocessing = preprocessing }
    if !dataset.classNames.isEmpty, dataset.classNames.count == outputShape?.dimensions.last {
      labels = dataset.classNames
    }
  }

  /// Checks that data fit the network and what it is compiled for.
  ///
  /// - Throws: `.invalidArgument` where they are none, or do not fit.
  func bind(_ dataset: Dataset, _ state: TrainingState) throws(LaminaError) -> BoundObjective {
    let (graph, _) = try built()
    guard dataset.count > 0 else {
      throw LaminaError(.invalidArgument, "\(dataset.name): no samples")
    }
    guard dataset.inputs.count == graph.inputs.count else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected \(graph.inputs.count) inputs, \(dataset.name) has "
          + "\(dataset.inputs.count)")
    }
    for (input, samples) in zip(graph.inputs, dataset.inputs) where input.shape != samples.shape {
      let place = graph.inputs.count > 1 ? "\(name): \(input.name)" : name
      throw LaminaError(
        .invalidArgument,
        "\(place): expected samples of shape \(input.shape), \(dataset.name) has "
          + "\(samples.shape)")
    }
    for (index, weight) in (dataset.sampleWeights ?? []).enumerated() where !weight.isFinite {
      throw LaminaError(
        .invalidArgument,
        "\(dataset.name): expected finite sample weights, sample \(index) has \(weight)")
    }
    return try BoundObjective(
      state.objective, graph: graph, targets: dataset.targets, model: name, data: dataset.name)
  }

  /// The samples to train with, and those to validate with.
  private func split(
    _ dataset: Dataset, _ validation: Dataset?, fraction: Double
  ) throws(LaminaError) -> (Dataset, Dataset?) {
    // Where validation data are given, they count, as in Keras.
    guard fraction != 0, validation == nil else { return (dataset, validation) }
    let (first, last) = try dataset.split(lastFraction: fraction)
    return (first, last)
  }
}

extension Dataset {
  /// Batches of one training have weights and shapes of targets alike.
  fileprivate func checkSameForm(as first: Dataset) throws(LaminaError) {
    guard (sampleWeights == nil) == (first.sampleWeights == nil) else {
      throw LaminaError(
        .invalidArgument, "\(name): expected sample weights in all batches or in none")
    }
    for (target, expected) in zip(targets, first.targets) where target.shape != expected.shape {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected targets of shape \(expected.shape) as in the first batch, "
          + "got \(target.shape)")
    }
  }
}
