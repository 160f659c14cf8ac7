/// What a model is to be trained for, as Keras-style JSON.
extension Model {
  /// Says how the model is to be trained, as `compile(optimizer:loss:metrics:)` does.
  ///
  /// ```json
  /// {"optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.001}},
  ///  "loss": {"class_name": "SparseCategoricalCrossentropy", "config": {"from_logits": true}},
  ///  "metrics": ["accuracy"]}
  /// ```
  /// Optimizer, losses and metrics are names that Keras accepts, or what its
  /// `get_config` writes. "loss", "loss_weights", "metrics" and "weighted_metrics"
  /// of a model of several outputs are objects by the outputs' names or lists in
  /// their order; a single loss counts for each output. Without an "optimizer"
  /// there is Keras's default, RMSprop.
  ///
  /// Source: get_compile_config in keras/src/trainers/trainer.py
  ///
  /// - Throws: `.format`, `.unsupported` or `.invalidArgument`, saying what is
  ///   wrong; `.busy` while the model is trained.
  public func compile(configuration text: String) throws(LaminaError) {
    let (graph, _) = try built()
    let configuration = try TrainingConfiguration(JSON(parsing: text), graph.outputs)
    try compile(optimizer: configuration.optimizer, outputs: configuration.outputs)
  }
}

private struct TrainingConfiguration {
  let optimizer: any Optimizer
  private(set) var outputs: [String: OutputTraining] = [:]

  /// - Parameter ports: the model's outputs.
  init(_ json: JSON, _ ports: [Graph.Port]) throws(LaminaError) {
    let configuration = Configuration(json)
    try configuration.requireObject(
      knowing: "optimizer", "loss", "loss_weights", "metrics", "weighted_metrics", "jit_compile",
      "run_eagerly", "steps_per_execution", "auto_scale_loss")
    try configuration.requireValue("run_eagerly", isAnyOf: .boolean(false))
    try configuration.requireValue("steps_per_execution", isAnyOf: .integer(1))
    try configuration.requireValue("auto_scale_loss", isAnyOf: .boolean(true), .boolean(false))
    optimizer = try OptimizerRegistry.make(configuration["optimizer"] ?? .string("rmsprop"))

    let losses = try configuration.perOutput("loss", ports, isDescribed: true)
    let weights = try configuration.perOutput("loss_weights", ports)
    let metrics = try configuration.metrics("metrics", ports)
    let weightedMetrics = try configuration.metrics("weighted_metrics", ports)
    for (index, port) in ports.enumerated() {
      var training = OutputTraining(
        loss: try TrainingConfiguration.loss(losses[index]), metrics: metrics[index],
        weightedMetrics: weightedMetrics[index])
      if let weight = weights[index] {
        guard let number = weight.numberValue, number.isFinite else {
          throw configuration.wrong("loss_weights", "finite numbers")
        }
        training.weight = number
      }
      outputs[port.name] = training
    }
  }

  private static func loss(_ json: JSON?) throws(LaminaError) -> (any Loss)? {
    guard let json else { return nil }
    do throws(LaminaError) {
      return try LossRegistry.make(json)
    } catch {
      throw error.at("loss")
    }
  }
}

extension Configuration {
  /// What is said of each output: by its name, by its place, or of the only one.
  ///
  /// - Parameter isDescribed: whether the value may be an object that describes
  ///   something, or a name, which then counts for each output.
  fileprivate func perOutput(
    _ key: String, _ outputs: [Graph.Port], isDescribed: Bool = false
  ) throws(LaminaError) -> [JSON?] {
    guard let value = self[key] else { return outputs.map { _ in nil } }
    if isDescribed, value.stringValue != nil || value["class_name"] != nil {
      return outputs.map { _ in value }
    }
    switch value {
    case .object(let members):
      return try byName(members, key, outputs)
    case .array(let values):
      guard values.count == outputs.count else {
        throw wrong(key, "a list of \(outputs.count), one for each output")
      }
      return values.map { $0 == .null ? nil : $0 }
    default:
      guard outputs.count == 1 else {
        throw wrong(key, "an object or a list for \(outputs.count) outputs")
      }
      return [value]
    }
  }

  private func byName(
    _ members: [JSON.Member], _ key: String, _ outputs: [Graph.Port]
  ) throws(LaminaError) -> [JSON?] {
    for member in members where !outputs.contains(where: { $0.name == member.key }) {
      throw LaminaError(
        .invalidArgument,
        "\"\(key)\": there is no output \"\(member.key)\"; expected "
          + outputs.map { $0.name }.joined(separator: ", "))
    }
    return outputs.map { output in
      members.last { $0.key == output.name && $0.value != .null }?.value
    }
  }

  /// The metrics of each output.
  fileprivate func metrics(
    _ key: String, _ outputs: [Graph.Port]
  ) throws(LaminaError) -> [[any Metric]] {
    var lists: [JSON?]
    if outputs.count == 1, let list = self[key]?.arrayValue, list.first?.arrayValue == nil {
      lists = [self[key]]
    } else {
      lists = try perOutput(key, outputs, isDescribed: true)
    }
    var metrics: [[any Metric]] = []
    for list in lists {
      var made: [any Metric] = []
      for json in list.map({ $0.arrayValue ?? [$0] }) ?? [] {
        do throws(LaminaError) {
          made.append(try MetricRegistry.make(json))
        } catch {
          throw error.at(key)
        }
      }
      metrics.append(made)
    }
    return metrics
  }
}
