/// What a weights file holds besides the model for a training to go on:
///
/// - "optimizer/<slot>/<variable>": the optimizer's numbers,
/// - "optimizer/callbacks/<index>/<variable>": weights that callbacks keep,
/// - the metadata entry "training_state": everything else, as JSON.
struct TrainingTensors {
  static let callbackSlot = "callbacks"

  let json: JSON
  let tensors: [StoredTensor]

  /// - Parameter position: where a `fit` is, for backups.
  /// - Throws: `.invalidArgument` before `compile` or before the model is built,
  ///   or where an optimizer's slot has a name that a file cannot hold;
  ///   `.outOfMemory`
  init(of model: Model, _ position: TrainingPosition? = nil) throws(LaminaError) {
    let training = try model.compiled()
    let (graph, _) = try model.built()
    try training.makeSlots(parameterCount: graph.trainableCount)
    var tensors: [StoredTensor] = []
    for (slot, storage) in zip(training.optimizer.slots, training.slots) {
      try TrainingTensors.check(slot, training.optimizer)
      tensors += graph.variables.filter { $0.isTrainable }.map {
        StoredTensor(
          name: TrainingTensors.prefix(ofSlot: slot.name) + $0.name, variable: $0,
          storage: storage)
      }
    }
    for (index, callback) in (position?.callbacks ?? []).enumerated() {
      guard let weights = callback.weights else { continue }
      tensors += weights.store.tensors(
        of: graph, prefix: TrainingTensors.prefix(ofCallback: index))
    }
    self.tensors = tensors

    let optimizer = training.optimizer
    var rate = JSON.null
    if case .constant = optimizer.learningRate { rate = .number(Double(training.learningRate)) }
    json = .object(
      [
        JSON.Member("optimizer", .described(optimizer.className, optimizer.configuration)),
        JSON.Member("learning_rate", rate),
        // In quotes, since JSON's numbers end at 2^53 for many readers.
        JSON.Member("seed", .string("\(model.seed)")),
        JSON.Member("step", .integer(training.step)),
        JSON.Member("epoch", .integer(training.epoch)),
      ] + (position.map { [JSON.Member("fit", $0.json)] } ?? []))
  }

  static func prefix(ofSlot name: String) -> String { ModelFile.optimizerPrefix + name + "/" }

  static func prefix(ofCallback index: Int) -> String {
    prefix(ofSlot: callbackSlot) + "\(index)/"
  }

  /// Names that would meet those of other tensors.
  private static func check(
    _ slot: OptimizerSlot, _ optimizer: any Optimizer
  ) throws(LaminaError) {
    let isUnique = optimizer.slots.filter { $0.name == slot.name }.count == 1
    guard isUnique, slot.name != callbackSlot, !slot.name.utf8.contains(UInt8(ascii: "/")) else {
      throw LaminaError(
        .invalidArgument,
        "\(optimizer.name): a file cannot hold the slot \"\(slot.name)\": names are unique, "
          + "without \"/\", and not \"\(callbackSlot)\"")
    }
  }
}
