/// Memory for the passes of one batch through a network, forward and backward,
/// laid out once so that a training step allocates nothing.
final class TrainingPlan {
  private let graph: Graph
  private let store: ParameterStore
  private let gradientStorage: FloatStorage
  private let activationStorage: FloatStorage
  private let activationGradientStorage: FloatStorage
  private let stateStorage: FloatStorage
  private let reservation: ProductReservation
  private let seed: UInt64
  let maximumRows: Int

  /// The passes of a whole batch, and of the last one of an epoch, which may
  /// have fewer rows.
  private var wholeBatch: BatchPasses?
  private var partialBatch: BatchPasses?

  /// - Throws: `.outOfMemory`
  convenience init(
    graph: Graph, store: ParameterStore, maximumRows: Int, seed: UInt64
  ) throws(LaminaError) {
    let tensors = (0..<graph.tensorCount).map { graph.elementCount(ofTensor: $0) }
    let states = graph.nodes.map { $0.stateCount }
    self.init(
      graph: graph, store: store, maximumRows: maximumRows, seed: seed,
      gradients: try FloatStorage(count: graph.parameterCount, for: "gradients"),
      activations: try FloatStorage(rows: maximumRows, columns: tensors, for: "activations"),
      activationGradients: try FloatStorage(
        rows: maximumRows, columns: tensors, for: "their gradients"),
      states: try FloatStorage(rows: maximumRows, columns: states, for: "the layers' states"),
      reservation: try ProductReservation())
  }

  private init(
    graph: Graph, store: ParameterStore, maximumRows: Int, seed: UInt64,
    gradients: FloatStorage, activations: FloatStorage, activationGradients: FloatStorage,
    states: FloatStorage, reservation: ProductReservation
  ) {
    self.graph = graph
    self.store = store
    self.maximumRows = maximumRows
    self.seed = seed
    gradientStorage = gradients
    activationStorage = activations
    activationGradientStorage = activationGradients
    stateStorage = states
    self.reservation = reservation
  }

  var parameters: MatrixView { store.values.row }
  var gradients: MatrixView { gradientStorage.row }

  /// The passes of a batch of so many rows, at most `maximumRows`.
  func passes(rows: Int) -> BatchPasses {
    if let wholeBatch, wholeBatch.rows == rows { return wholeBatch }
    if let partialBatch, partialBatch.rows == rows { return partialBatch }
    let passes = makePasses(rows: rows)
    if rows == maximumRows { wholeBatch = passes } else { partialBatch = passes }
    return passes
  }

  private func makePasses(rows: Int) -> BatchPasses {
    let activations = tensors(in: activationStorage, rows: rows)
    let gradients = tensors(in: activationGradientStorage, rows: rows)
    var stateOffset = 0
    var passes: [LayerPass] = []
    for (index, node) in graph.nodes.enumerated() {
      let variables = graph.variables[node.variables]
      passes.append(
        LayerPass(
          input: activations[node.input],
          output: activations[node.output],
          variables: variables.map { store.view(of: $0) },
          state: stateStorage.matrix(at: stateOffset, rows: rows, columns: node.stateCount),
          inputGradient: needsGradient(tensor: node.input) ? gradients[node.input] : nil,
          outputGradient: gradients[node.output],
          variableGradients: variables.map { $0.view(in: gradientStorage) },
          random: RandomStream(
            seed: seed, purpose: .dropout, layer: UInt32(truncatingIfNeeded: index))))
      stateOffset += rows * node.stateCount
    }
    return BatchPasses(
      layers: graph.nodes.map { $0.layer }, passes: passes, input: activations[0],
      output: activations[graph.nodes.count], outputGradient: gradients[graph.nodes.count])
  }

  /// Each tensor's place, one after the other.
  private func tensors(in storage: FloatStorage, rows: Int) -> [MatrixView] {
    var offset = 0
    return (0..<graph.tensorCount).map { index in
      let columns = graph.elementCount(ofTensor: index)
      defer { offset += rows * columns }
      return storage.matrix(at: offset, rows: rows, columns: columns)
    }
  }

  /// Whether any variable lies before the tensor, so that its gradient matters.
  private func needsGradient(tensor: Int) -> Bool {
    graph.nodes[..<tensor].contains { !$0.variables.isEmpty }
  }
}

/// One batch's way through the layers and back.
struct BatchPasses {
  fileprivate let layers: [any Layer]
  fileprivate let passes: [LayerPass]
  let input: MatrixView
  let output: MatrixView
  let outputGradient: MatrixView

  var rows: Int { input.rows }

  /// Computes `output` from `input` and the weights.
  func forward(step: Int) {
    for index in layers.indices {
      var pass = passes[index]
      pass.random.step = UInt32(truncatingIfNeeded: step)
      layers[index].forward(pass)
    }
  }

  /// Computes the weights' gradients from `outputGradient`.
  func backward() {
    for index in layers.indices.reversed() { layers[index].backward(passes[index]) }
  }
}
