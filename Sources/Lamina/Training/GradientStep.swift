/// An optimizer's step with gradients that come from elsewhere.
final class GradientStep {
  private let graph: Graph
  private let parameters: FloatStorage
  private let gradients: FloatStorage
  private let state: TrainingState
  private let workers: Workers
  private let update: ParameterUpdate
  private let trainableLayers: [Bool]

  private init(
    _ graph: Graph, _ store: ParameterStore, _ state: TrainingState, _ workers: Workers,
    gradients: FloatStorage
  ) {
    self.graph = graph
    self.state = state
    self.workers = workers
    self.gradients = gradients
    parameters = store.trainable
    trainableLayers = graph.trainableLayers
    update = ParameterUpdate(
      optimizer: state.optimizer, variables: graph.trainedVariables,
      parameters: store.trainable.row, gradients: gradients.row,
      slots: state.slots.map { $0.row }, workers: workers)
  }

  /// - Throws: `.outOfMemory`
  convenience init(
    _ graph: Graph, _ store: ParameterStore, _ state: TrainingState, _ workers: Workers
  ) throws(LaminaError) {
    try state.makeSlots(parameterCount: graph.trainableCount)
    let gradients = try FloatStorage(count: graph.trainableCount, for: "gradients")
    self.init(graph, store, state, workers, gradients: gradients)
  }

  /// Whether one that is made now would do the same.
  func isFor(
    _ graph: Graph, _ store: ParameterStore, _ state: TrainingState, _ workers: Workers
  ) -> Bool {
    self.graph === graph && parameters === store.trainable && self.state === state
      && self.workers.threadCount == workers.threadCount
      && trainableLayers == graph.trainableLayers
  }

  /// - Parameter fill: writes the gradients.
  func apply(_ fill: (MatrixView) -> Void) {
    fill(gradients.row)
    let learningRate = state.learningRate
    state.step += 1
    update.apply(step: state.step, learningRate: learningRate)
  }
}

extension Graph {
  /// For each layer whether a training changes it now.
  var trainableLayers: [Bool] { layers.map { $0.layer.trainable } }

  /// The variables that a training changes now, by their places.
  var trainedVariables: [ParameterUpdate.Variable] {
    layers.filter { $0.layer.trainable }
      .flatMap { variables[$0.variables] }
      .filter { $0.isTrainable }
      .sorted { $0.offset < $1.offset }
      .map { ParameterUpdate.Variable(name: $0.name, offset: $0.offset, count: $0.count) }
  }
}
