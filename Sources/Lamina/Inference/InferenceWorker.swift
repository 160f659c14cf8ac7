/// What one of the threads that predict works on: memory for the results of a
/// piece, and the layers' passes.
final class InferenceWorker {
  /// Where the results lie; as many numbers a sample as the plan says.
  let scratch: MatrixView
  /// Where samples become float32, one input after the other; the network reads
  /// those that are in place.
  private let inputs: MatrixView
  private let inputOffsets: [Int]
  /// One for each of the plan's layers and convolutions.
  var layerPasses: [LayerPass] = []
  var convolutionPasses: [InferencePass] = []

  /// How many numbers a worker's results, its inputs and its layers take.
  static func counts(for plan: InferencePlan) -> [Int] {
    let inputCount = plan.inputCounts.reduce(0, +)
    return [plan.scratchCount * plan.pieceRows, inputCount * plan.pieceRows, plan.workspaceCount]
      .map { ($0 + cacheLine - 1) / cacheLine * cacheLine }
  }

  /// In numbers: no two workers write to the same.
  private static let cacheLine = 16

  /// - Parameter memory: so many numbers as `counts` says.
  init(_ plan: InferencePlan, _ weights: InferenceWeights, memory: MatrixView) {
    let counts = InferenceWorker.counts(for: plan)
    scratch = memory.columns(0..<counts[0])
    inputs = memory.columns(counts[0]..<counts[0] + counts[1])
    inputOffsets = plan.inputCounts.indices.map { plan.inputCounts[..<$0].reduce(0, +) }
    let workspace = memory.columns(counts[0] + counts[1]..<memory.count)
    layerPasses = plan.layers.map { makePass($0, weights, workspace) }
    convolutionPasses = plan.convolutions.map { makePass($0, weights, workspace) }
  }

  /// Where the samples of an input become float32.
  func input(_ index: Int, rows: Int, maximumRows: Int, columns: Int) -> MatrixView {
    let offset = inputOffsets[index] * maximumRows
    return inputs.matrix(at: offset, rows: rows, columns: columns)
  }

  private func makePass(
    _ call: InferencePlan.LayerCall, _ weights: InferenceWeights, _ workspace: MatrixView
  ) -> LayerPass {
    let none = workspace.columns(0..<0)
    return LayerPass(
      inputs: call.inputs.map { _ in none }, output: none, inputShapes: call.node.inputShapes,
      outputShape: call.node.outputShape,
      variables: call.variables.map { weights.store.view(of: $0) }, state: none,
      workspace: workspace.columns(0..<call.node.workspaceCount), inputGradients: [],
      outputGradient: none, variableGradients: [], isTraining: false,
      random: RandomStream(seed: 0, purpose: .dropout))
  }

  private func makePass(
    _ call: InferencePlan.ConvolutionCall, _ weights: InferenceWeights, _ workspace: MatrixView
  ) -> InferencePass {
    let none = workspace.columns(0..<0)
    let linear = weights.linear[call.weights]
    return InferencePass(
      input: none, output: none, inputShape: call.inputShape, kernel: linear.kernel,
      packed: linear.packed, bias: linear.bias, activation: call.activation,
      pooling: call.pooling, workspace: workspace.columns(0..<call.workspaceCount))
  }
}
