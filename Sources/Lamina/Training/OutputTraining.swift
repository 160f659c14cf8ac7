/// What one output of a model is trained for.
public struct OutputTraining: Sendable {
  /// nil where the output is not trained.
  public var loss: (any Loss)?
  /// What the output's loss is multiplied by before the losses are added up.
  public var weight: Double
  /// Measured with every sample counting 1.
  public var metrics: [any Metric]
  /// Measured with the samples' weights.
  public var weightedMetrics: [any Metric]

  public init(
    loss: (any Loss)?, weight: Double = 1, metrics: [any Metric] = [],
    weightedMetrics: [any Metric] = []
  ) {
    self.loss = loss
    self.weight = weight
    self.metrics = metrics
    self.weightedMetrics = weightedMetrics
  }
}

/// What `compile` was told about a model's outputs.
enum Objective {
  /// The same for each.
  case each(OutputTraining)
  /// By the outputs' names.
  case named([String: OutputTraining])

  /// One for each of the outputs.
  ///
  /// - Throws: `.invalidArgument` where a name is no output's.
  func outputs(of graph: Graph, model: String) throws(LaminaError) -> [OutputTraining] {
    switch self {
    case .each(let training):
      return graph.outputs.map { _ in training }
    case .named(let trainings):
      let names = graph.outputs.map { $0.name }
      for name in trainings.keys.sorted() where !names.contains(name) {
        throw LaminaError(
          .invalidArgument,
          "\(model): there is no output \"\(name)\"; expected \(names.joined(separator: ", "))")
      }
      return graph.outputs.map { trainings[$0.name] ?? OutputTraining(loss: nil) }
    }
  }
}
