extension Model {
  /// What `evaluate` and each epoch measure, in their order: "loss", each output's loss
  /// where there are several, then the metrics.
  ///
  /// - Throws: `.invalidArgument` before `compile`.
  public var metricNames: [String] {
    get throws(LaminaError) {
      let (graph, _) = try built()
      let objective = try BoundObjective(compiled().objective, graph: graph, model: name)
      return Scores(objective, graph: graph).names
    }
  }
}
