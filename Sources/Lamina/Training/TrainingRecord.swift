extension Model {
  /// Adds a `fit` to the training record; a record that is no list, from
  /// another's file, gives way.
  func record(
    _ state: TrainingState, _ dataset: Dataset, _ request: FitRequest, steps: Int,
    _ history: History
  ) {
    var records: [JSON] = []
    if let text = trainingRecord, let earlier = try? JSON(parsing: text) {
      records = earlier.arrayValue ?? []
    }
    let record = described(state, dataset, request, steps: steps, history)
    trainingRecord = JSON.array(records + [record]).text
  }

  private func described(
    _ state: TrainingState, _ dataset: Dataset, _ request: FitRequest, steps: Int,
    _ history: History
  ) -> JSON {
    func described(_ name: String, _ configuration: [JSON.Member]) -> JSON {
      .object([JSON.Member("name", .string(name))] + configuration)
    }
    let epochs = history.epochs.map { epoch in
      JSON.object(epoch.values.map { JSON.Member($0.name, .number($0.value)) })
    }
    let trainings = (try? state.objective.outputs(of: built().graph, model: name)) ?? []
    let losses = trainings.compactMap { $0.loss }.map { described($0.name, $0.configuration) }
    return .object([
      JSON.Member("dataset", .string(dataset.name)),
      JSON.Member("samples", .integer(dataset.count)),
      JSON.Member("batch_size", .integer(request.batchSize)),
      JSON.Member("epochs", .integer(history.epochs.count)),
      // Fewer than the epochs have, where the training was stopped.
      JSON.Member("steps", .integer(steps)),
      JSON.Member("seed", .string("\(seed)")),
      JSON.Member(
        "optimizer", described(state.optimizer.name, state.optimizer.configuration)),
      JSON.Member("loss", losses.count == 1 ? losses[0] : .array(losses)),
      JSON.Member("history", .array(epochs)),
    ])
  }
}
