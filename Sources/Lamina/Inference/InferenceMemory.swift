/// The memory of a session: its weights, its scratch and what the layers' own
/// passes work on.
final class InferenceMemory {
  let store: ParameterStore
  let scratch: FloatStorage
  /// Where samples become float32, one input after the other; the network reads
  /// those that are in place.
  private let inputs: FloatStorage
  private let workspace: FloatStorage
  private let reservation: ProductReservation
  private let inputCounts: [Int]
  private let maximumBatch: Int

  /// One for each of the plan's steps; those of layers are used.
  var passes: [LayerPass] = []
  /// For functions that would keep something for a backward pass.
  let noState: MatrixView

  /// - Throws: `.outOfMemory`
  convenience init(
    _ plan: InferencePlan, store: ParameterStore, maximumBatch: Int
  ) throws(LaminaError) {
    self.init(
      store: store,
      scratch: try FloatStorage(
        rows: maximumBatch, columns: [plan.scratchCount], for: "scratch"),
      inputs: try FloatStorage(
        rows: maximumBatch, columns: plan.inputCounts, for: "the input"),
      workspace: try FloatStorage(count: plan.workspaceCount, for: "scratch"),
      reservation: try ProductReservation(), inputCounts: plan.inputCounts,
      maximumBatch: maximumBatch)
    passes = plan.steps.map { makePass(for: $0) }
  }

  private init(
    store: ParameterStore, scratch: FloatStorage, inputs: FloatStorage, workspace: FloatStorage,
    reservation: ProductReservation, inputCounts: [Int], maximumBatch: Int
  ) {
    self.store = store
    self.scratch = scratch
    self.inputs = inputs
    self.workspace = workspace
    self.reservation = reservation
    self.inputCounts = inputCounts
    self.maximumBatch = maximumBatch
    noState = workspace.matrix(at: 0, rows: 0, columns: 0)
  }

  /// Where the samples of an input become float32.
  func input(_ index: Int, rows: Int) -> MatrixView {
    let offset = inputCounts[..<index].reduce(0, +) * maximumBatch
    return inputs.matrix(at: offset, rows: rows, columns: inputCounts[index])
  }

  func empty(columns: Int) -> MatrixView {
    scratch.matrix(at: 0, rows: 0, columns: columns)
  }

  private func makePass(for step: InferencePlan.Step) -> LayerPass {
    var pass = LayerPass(
      inputs: [], output: noState, inputShapes: [], outputShape: [], variables: [],
      state: noState, workspace: noState, inputGradients: [], outputGradient: noState,
      variableGradients: [], isTraining: false,
      random: RandomStream(seed: 0, purpose: .dropout))
    guard case .layer(let call) = step else { return pass }
    pass.inputs = call.inputs.map { _ in noState }
    pass.inputShapes = call.node.inputShapes
    pass.outputShape = call.node.outputShape
    pass.variables = call.variables.map { store.view(of: $0) }
    pass.workspace = workspace.matrix(at: 0, rows: 1, columns: call.node.workspaceCount)
    return pass
  }
}
