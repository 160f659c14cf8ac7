/// What a model was compiled for, bound to its outputs and to the targets of
/// data: outputs that are not measured need none.
struct BoundObjective {
  struct Output {
    /// Which of the network's outputs, and which of the data's targets it is.
    let output: Int
    let target: Int
    let name: String
    let training: OutputTraining
  }

  private(set) var outputs: [Output] = []
  /// Whether the model has several outputs, so that values bear their names.
  let isNamed: Bool
  /// For each of the model's outputs whether it is trained.
  let hasLoss: [Bool]

  /// - Parameter data: the data's name, for messages.
  /// - Throws: `.invalidArgument` where the targets are not as many as the
  ///   outputs, or cannot be compared with one.
  init(
    _ objective: Objective, graph: Graph, targets: [Samples], model: String, data: String
  ) throws(LaminaError) {
    let trainings = try objective.outputs(of: graph, model: model)
    let measured = trainings.indices.filter { trainings[$0].isMeasured }
    guard targets.count == trainings.count || targets.count == measured.count else {
      throw LaminaError(
        .invalidArgument,
        "\(data): expected \(measured.count) targets, one for each output that \(model) is "
          + "trained for, got \(targets.count)")
    }
    isNamed = trainings.count > 1
    hasLoss = trainings.map { $0.loss != nil }
    for (position, index) in measured.enumerated() {
      let target = targets.count == trainings.count ? index : position
      let port = graph.outputs[index]
      var training = trainings[index]
      do throws(LaminaError) {
        try training.bind(to: targets[target], outputShape: port.shape)
      } catch {
        throw error.at(trainings.count > 1 ? "\(data): \(port.name)" : data)
      }
      outputs.append(Output(output: index, target: target, name: port.name, training: training))
    }
  }
}

extension BoundObjective {
  /// Bound to no data: for the names of what is measured.
  init(_ objective: Objective, graph: Graph, model: String) throws(LaminaError) {
    let trainings = try objective.outputs(of: graph, model: model)
    isNamed = trainings.count > 1
    hasLoss = trainings.map { $0.loss != nil }
    for (index, training) in trainings.enumerated() where training.isMeasured {
      outputs.append(
        Output(
          output: index, target: outputs.count, name: graph.outputs[index].name,
          training: training))
    }
  }
}

extension OutputTraining {
  fileprivate var isMeasured: Bool {
    loss != nil || !metrics.isEmpty || !weightedMetrics.isEmpty
  }

  /// Chooses the metrics that the output needs, and checks that all can measure it.
  fileprivate mutating func bind(
    to targets: Samples, outputShape: Shape
  ) throws(LaminaError) {
    metrics = metrics.map {
      $0.resolved(targetShape: targets.shape, outputShape: outputShape)
    }
    weightedMetrics = weightedMetrics.map {
      $0.resolved(targetShape: targets.shape, outputShape: outputShape)
    }
    try loss?.check(targets: targets, outputShape: outputShape)
    for metric in metrics + weightedMetrics {
      try metric.check(targets: targets, outputShape: outputShape)
    }
  }
}
