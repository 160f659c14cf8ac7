/// A training's state as a weights file holds it: read and checked as a whole
/// before anything of the model is changed.
struct SavedTraining {
  /// The saved model's, which shuffles and dropout masks follow from.
  let seed: UInt64
  private let store: ParameterStore
  private let slots: [FloatStorage]
  private let step: Int
  private let epoch: Int
  /// nil where a schedule decided.
  private let learningRate: Float?
  /// Where a `fit` was broken off; nil where the file is no backup.
  private(set) var position: TrainingPosition?

  /// - Parameter model: compiled with the same optimizer, and of the same
  ///   variables.
  /// - Throws: `.invalidArgument` before `compile` or where the optimizer is
  ///   another; `.format`, `.unsupported`, `.inputOutput`, `.outOfMemory`
  init(reading reader: ByteReader, _ model: Model) throws(LaminaError) {
    let training = try model.compiled()
    let (graph, _) = try model.built()
    let header = try SafetensorsHeader(reading: reader)
    try header.checkVersion()
    guard let json = try header.json(ModelFile.Key.trainingState) else {
      throw LaminaError(
        .invalidArgument,
        "the file holds no training's state; save it with includingOptimizer: true")
    }
    let entries = try header.entriesByName()
    try header.require(graph.variables, owner: "the model", in: entries)
    let values = Configuration(json)
    try SavedTraining.check(values["optimizer"] ?? .null, training.optimizer)
    guard let seed = SavedTraining.seed(json) else {
      throw values.wrong("seed", "a number in quotes")
    }
    self.seed = seed
    step = try values.count("step")
    epoch = try values.count("epoch")
    learningRate = try SavedTraining.learningRate(values)
    var hasWeights: [Bool] = []
    if let fit = values["fit"] { (position, hasWeights) = try TrainingPosition.read(fit) }
    let tensors = try SavedTensors(
      header, entries, graph, training.optimizer, hasWeights: hasWeights)
    try header.read(tensors.all, from: reader)
    store = tensors.store
    slots = tensors.slots
    for (index, weights) in tensors.callbackWeights.enumerated() {
      position?.callbacks[index].weights = weights.map { WeightsSnapshot($0) }
    }
  }

  private static func check(
    _ json: JSON, _ optimizer: any Optimizer
  ) throws(LaminaError) {
    let className = json["class_name"]?.stringValue ?? "(none)"
    guard className == optimizer.className else {
      throw LaminaError(
        .invalidArgument,
        "the training's optimizer is \(className), the model is compiled with "
          + "\(optimizer.className)")
    }
  }

  /// nil where there is none.
  static func seed(_ json: JSON) -> UInt64? { json["seed"]?.stringValue.flatMap { UInt64($0) } }

  private static func learningRate(_ values: Configuration) throws(LaminaError) -> Float? {
    guard values["learning_rate"] != nil else { return nil }
    let rate = Float(try values.number("learning_rate"))
    guard rate.isFinite, rate >= 0 else { throw values.wrong("learning_rate", "a number from 0") }
    return rate
  }

  /// Puts the model where it was: weights, optimizer, steps, epochs, learning
  /// rate.
  func apply(to model: Model) throws(LaminaError) {
    let training = try model.compiled()
    let (graph, store) = try model.built()
    try training.makeSlots(parameterCount: graph.trainableCount)
    store.assign(self.store)
    for (slot, saved) in zip(training.slots, slots) { slot.row.assign(saved.row) }
    training.step = step
    training.epoch = epoch
    switch training.optimizer.learningRate {
    case .constant: training.ownLearningRate = learningRate
    case .schedule: training.ownLearningRate = nil
    }
  }
}

/// Memory for the tensors of a training's state, asked for when the file's
/// header has them all.
private struct SavedTensors {
  let store: ParameterStore
  private(set) var slots: [FloatStorage] = []
  /// One for each callback; nil for those that keep none.
  private(set) var callbackWeights: [ParameterStore?] = []
  private(set) var all: [StoredTensor]

  init(
    _ header: SafetensorsHeader, _ entries: [String: SafetensorsHeader.Entry], _ graph: Graph,
    _ optimizer: any Optimizer, hasWeights: [Bool]
  ) throws(LaminaError) {
    let trainable = graph.variables.filter { $0.isTrainable }
    for slot in optimizer.slots {
      try header.require(
        trainable, prefix: TrainingTensors.prefix(ofSlot: slot.name), owner: "the model",
        in: entries)
    }
    for (index, isThere) in hasWeights.enumerated() where isThere {
      try header.require(
        graph.variables, prefix: TrainingTensors.prefix(ofCallback: index), owner: "the model",
        in: entries)
    }

    store = try ParameterStore(zerosFor: graph)
    all = store.tensors(of: graph)
    for slot in optimizer.slots {
      let storage = try FloatStorage(count: graph.trainableCount, for: "the optimizer")
      slots.append(storage)
      all += trainable.map {
        StoredTensor(
          name: TrainingTensors.prefix(ofSlot: slot.name) + $0.name, variable: $0,
          storage: storage)
      }
    }
    for (index, isThere) in hasWeights.enumerated() {
      let weights = isThere ? try ParameterStore(zerosFor: graph) : nil
      callbackWeights.append(weights)
      all += weights?.tensors(of: graph, prefix: TrainingTensors.prefix(ofCallback: index)) ?? []
    }
  }
}

extension Model {
  /// Goes on with a training that `save(path, includingOptimizer: true)` kept:
  /// takes weights, the optimizer's numbers, the steps and epochs done and the
  /// learning rate from the file, as Keras's `load_weights` does.
  ///
  /// ```swift
  /// let model = try Model.load("model.safetensors")
  /// try model.compile(optimizer: .adam(), loss: .meanSquaredError())
  /// try model.restoreTraining(from: "model.safetensors")
  /// ```
  /// The optimizer must be of the same class; its settings count as they were
  /// compiled, only the learning rate is the file's, unless a schedule decides.
  /// What follows is the same to the bit as if the training had gone on, where
  /// the model has the seed of the one that was saved, as a loaded one has.
  ///
  /// - Throws: `.invalidArgument` before `compile`, or where the file holds no
  ///   training or another optimizer's; `.format` where the file is damaged or
  ///   its tensors are not the model's; `.busy` inside a callback; `.inputOutput`,
  ///   `.unsupported`, `.outOfMemory`. The model is then as it was.
  public func restoreTraining(from path: String) throws(LaminaError) {
    do throws(LaminaError) {
      try restoreTraining(reading: ByteReader(path: path))
    } catch {
      throw error.at(path)
    }
  }

  /// The same from a weights file's bytes.
  public func restoreTraining(encoded bytes: [UInt8]) throws(LaminaError) {
    try bytes.span.withUnsafeBytes { (buffer) throws(LaminaError) in
      try restoreTraining(reading: ByteReader(buffer))
    }
  }

  private func restoreTraining(reading reader: ByteReader) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let saved = try SavedTraining(reading: reader, self)
    try makeStoreUnique()
    try saved.apply(to: self)
  }
}
