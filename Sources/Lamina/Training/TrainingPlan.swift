/// Memory for the passes of one batch through a network, forward and backward,
/// laid out once so that a training step allocates nothing.
final class TrainingPlan {
  let graph: Graph
  /// The memory of the model's variables, which a session may see too.
  private let trainable: FloatStorage
  private let nonTrainable: FloatStorage
  private let routes: GradientRoutes
  private let shared: SharedTensors
  private let pooled: PooledConvolutions
  private let seed: UInt64
  let workers: Workers
  private let gradientStorage: FloatStorage
  private let memory: Memory
  let maximumRows: Int

  /// What the passes write, one after the other for each tensor.
  private struct Memory {
    let activations: FloatStorage
    let activationGradients: FloatStorage
    let states: FloatStorage
    let workspace: FloatStorage
    let tensorScratch: FloatStorage
    let variableScratch: FloatStorage
    let reservation: ProductReservation
  }

  /// The passes of a whole batch, and of the last one of an epoch, which may
  /// have fewer rows.
  private var wholeBatch: BatchPasses?
  private var partialBatch: BatchPasses?

  /// - Parameter hasLoss: for each output of the graph whether it is trained.
  /// - Throws: `.outOfMemory`
  convenience init(
    graph: Graph, store: ParameterStore, hasLoss: [Bool], maximumRows: Int, seed: UInt64,
    workers: Workers = .single
  ) throws(LaminaError) {
    let routes = GradientRoutes(graph, hasLoss: hasLoss)
    let pooled = PooledConvolutions(graph)
    let shared = SharedTensors(graph, routes)
    let memory = Memory(
      activations: try FloatStorage(
        rows: maximumRows, columns: SharedTensors.counts(shared.values, pooled.tensorCounts),
        for: "activations"),
      activationGradients: try FloatStorage(
        rows: maximumRows, columns: SharedTensors.counts(shared.gradients, pooled.tensorCounts),
        for: "their gradients"),
      states: try FloatStorage(
        rows: maximumRows, columns: graph.nodes.indices.map { pooled.stateCount(graph, $0) },
        for: "the layers' states"),
      workspace: try FloatStorage(
        count: graph.nodes.indices.reduce(0) { max($0, pooled.workspaceCount(graph, $1)) },
        for: "scratch"),
      tensorScratch: try FloatStorage(
        rows: maximumRows, columns: [routes.tensorScratch], for: "gradients of branches"),
      variableScratch: try FloatStorage(
        count: routes.variableScratch, for: "gradients of shared layers"),
      reservation: try ProductReservation(threadCount: workers.threadCount))
    self.init(
      graph: graph, store: store, routes: routes, shared: shared, pooled: pooled,
      maximumRows: maximumRows, seed: seed, workers: workers,
      gradients: try FloatStorage(count: graph.trainableCount, for: "gradients"),
      memory: memory)
  }

  private init(
    graph: Graph, store: ParameterStore, routes: GradientRoutes, shared: SharedTensors,
    pooled: PooledConvolutions, maximumRows: Int, seed: UInt64, workers: Workers,
    gradients: FloatStorage, memory: Memory
  ) {
    self.graph = graph
    trainable = store.trainable
    nonTrainable = store.nonTrainable
    self.routes = routes
    self.shared = shared
    self.pooled = pooled
    self.maximumRows = maximumRows
    self.seed = seed
    self.workers = workers
    gradientStorage = gradients
    self.memory = memory
  }

  var parameters: MatrixView { trainable.row }
  var gradients: MatrixView { gradientStorage.row }

  /// The gradient of a variable that gradients change.
  func gradient(of variable: Graph.StoredVariable) -> MatrixView {
    variable.view(in: gradientStorage)
  }

  /// A variable and the place of its gradient.
  func view(of variable: Graph.StoredVariable) -> MatrixView {
    variable.view(in: variable.isTrainable ? trainable : nonTrainable)
  }

  /// Whether a plan for this network, with its variables where they are now, and for
  /// so many threads would be this one; its layers may have been frozen since.
  func isFor(_ graph: Graph, _ store: ParameterStore, _ workers: Workers) -> Bool {
    self.graph === graph && trainable === store.trainable && nonTrainable === store.nonTrainable
      && self.workers.threadCount == workers.threadCount
  }

  /// The passes of a batch of so many rows, at most `maximumRows`.
  func passes(rows: Int) -> BatchPasses {
    if let wholeBatch, wholeBatch.rows == rows { return wholeBatch }
    if let partialBatch, partialBatch.rows == rows { return partialBatch }
    let passes = makePasses(rows: rows)
    if rows == maximumRows { wholeBatch = passes } else { partialBatch = passes }
    return passes
  }

  private func makePasses(rows: Int) -> BatchPasses {
    let activations = tensors(in: memory.activations, shared.values, rows: rows)
    let gradients = tensors(in: memory.activationGradients, shared.gradients, rows: rows)
    let passes = BatchPasses(
      rows: rows, inputs: graph.inputs.map { activations[$0.tensor] },
      outputs: graph.outputs.map { activations[$0.tensor] })
    for (output, route) in zip(graph.outputs, routes.outputs) {
      let (view, addition) = self.view(
        route, tensor: gradients[output.tensor], rows: rows, columns: output.count)
      passes.outputGradients.append(view)
      if let addition { passes.outputAdditions.append(addition) }
    }
    passes.unreachedGradients = routes.unreachedVariables.map {
      gradient(of: graph.variables[$0])
    }
    var stateOffset = 0
    for (index, node) in graph.nodes.enumerated() where !pooled.isPooling[index] {
      var step = BatchPasses.Step(
        layer: node.layer, pass: pass(of: node, index, activations, gradients, rows: rows))
      let stateCount = pooled.stateCount(graph, index)
      step.pass.state = memory.states.matrix(at: stateOffset, rows: rows, columns: stateCount)
      step.runsForward = !node.layer.isPassThrough
      stateOffset += rows * stateCount
      if let routes = routes.nodes[index] {
        step.runsBackward = !shared.passesGradient(node)
        route(node, routes, into: &step, gradients, rows: rows)
      }
      if step.runsForward || step.runsBackward { passes.steps.append(step) }
    }
    return passes
  }

  private func pass(
    of node: Graph.Node, _ index: Int, _ activations: [MatrixView], _ gradients: [MatrixView],
    rows: Int
  ) -> LayerPass {
    let pair = pooled.pairs[index]
    let last = pair.map { graph.nodes[$0.poolingIndex] } ?? node
    return LayerPass(
      inputs: node.inputs.map { activations[$0] },
      output: activations[last.output],
      inputShapes: node.inputShapes, outputShape: last.outputShape,
      variables: graph.variables[node.variables].map { view(of: $0) },
      state: memory.states.matrix(at: 0, rows: rows, columns: 0),
      workspace: memory.workspace.matrix(
        at: 0, rows: 1, columns: pooled.workspaceCount(graph, index)),
      inputGradients: node.inputs.map { _ in nil },
      outputGradient: gradients[last.output],
      variableGradients: node.variables.map { _ in nil }, pooling: pair?.pooling,
      isTraining: true, workers: workers,
      random: RandomStream(
        seed: seed, purpose: .dropout, layer: UInt32(truncatingIfNeeded: index)))
  }

  private func route(
    _ node: Graph.Node, _ routes: GradientRoutes.NodeRoutes, into step: inout BatchPasses.Step,
    _ gradients: [MatrixView], rows: Int
  ) {
    for (position, tensor) in node.inputs.enumerated() {
      let (view, addition) = self.view(
        routes.inputs[position], tensor: gradients[tensor], rows: rows,
        columns: graph.tensorCounts[tensor])
      step.pass.inputGradients[position] = view
      if let addition { step.additions.append(addition) }
    }
    for (position, index) in node.variables.enumerated() {
      let variable = graph.variables[index]
      switch routes.variables[position] {
      case .none: break
      case .direct: step.pass.variableGradients[position] = gradient(of: variable)
      case .beside(let offset):
        let view = memory.variableScratch.matrix(
          at: offset, rows: variable.rows, columns: variable.columns)
        step.pass.variableGradients[position] = view
        step.additions.append(
          BatchPasses.Addition(source: view, target: gradient(of: variable)))
      }
    }
  }

  /// Where the gradient of a tensor is written, and what is to be added then.
  private func view(
    _ route: GradientRoutes.Route, tensor: MatrixView, rows: Int, columns: Int
  ) -> (MatrixView?, BatchPasses.Addition?) {
    switch route {
    case .none: return (nil, nil)
    case .direct: return (tensor, nil)
    case .beside(let offset):
      let view = memory.tensorScratch.matrix(at: offset * rows, rows: rows, columns: columns)
      return (view, BatchPasses.Addition(source: view, target: tensor))
    }
  }

  /// Each tensor's place: its own, one after the other, or another tensor's.
  private func tensors(in storage: FloatStorage, _ first: [Int], rows: Int) -> [MatrixView] {
    var tensors: [MatrixView] = []
    var offset = 0
    for (tensor, columns) in pooled.tensorCounts.enumerated() {
      if first[tensor] == tensor {
        tensors.append(storage.matrix(at: offset, rows: rows, columns: columns))
        offset += rows * columns
      } else {
        tensors.append(tensors[first[tensor]])
      }
    }
    return tensors
  }
}
