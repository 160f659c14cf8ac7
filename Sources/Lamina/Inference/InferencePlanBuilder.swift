/// Compiles a graph into the steps of an `InferencePlan`: first drafts, which
/// name tensors, then steps, which name places.
struct InferencePlanBuilder {
  let graph: Graph
  let foldsNormalizations: Bool
  private let readers: TensorReaders
  private var drafts: [InferenceDraft] = []
  /// Which draft computes a tensor.
  private var producers: [Int?]

  private(set) var steps: [InferencePlan.Step] = []
  private(set) var convolutions: [InferencePlan.ConvolutionCall] = []
  private(set) var layers: [InferencePlan.LayerCall] = []
  private(set) var weights: [InferencePlan.Weights] = []
  private(set) var factors: [InferencePlan.Factors] = []
  private(set) var convertedInputs: [Int]
  private(set) var scratchCount = 0
  private(set) var workspaceCount = 0
  /// Where each tensor lies.
  private var places: [InferencePlan.Place]

  init(_ graph: Graph, foldsNormalizations: Bool) {
    self.graph = graph
    self.foldsNormalizations = foldsNormalizations
    readers = TensorReaders(graph)
    convertedInputs = Array(graph.inputs.indices)
    producers = graph.tensorCounts.map { _ in nil }
    places = graph.tensorCounts.indices.map { .input($0) }
  }

  // MARK: - Drafts

  mutating func draft() {
    for node in graph.nodes where !TensorReaders.isIdentity(node) {
      if fuse(node) { continue }
      producers[node.output] = drafts.count
      drafts.append(InferenceDraft(node, readers: readers))
    }
  }

  /// Makes a layer part of the draft before it, where that computes what only
  /// this layer reads.
  private mutating func fuse(_ node: Graph.Node) -> Bool {
    let input = readers.source(of: node.inputs[0])
    guard readers.hasOnlyReader(input), let index = producers[input],
      drafts[index].fuse(node, graph, foldsNormalizations: foldsNormalizations)
    else { return false }
    producers[node.output] = index
    return true
  }

  var endsInSoftmax: Bool { drafts.last?.activation == .softmax }

  // MARK: - Places

  mutating func place() {
    placeResults()
    for draft in drafts { append(draft) }
    for (index, output) in graph.outputs.enumerated() {
      let source = readers.source(of: output.tensor)
      if places[source] == .output(index) { continue }
      let place = places[source]
      steps.append(
        .copy(
          from: InferencePlan.Slot(place: place, count: output.count),
          to: InferencePlan.Slot(place: .output(index), count: output.count)))
    }
  }

  /// A result that is one of the network's lies in the caller's memory, any other
  /// in scratch memory for as long as a step reads it.
  private mutating func placeResults() {
    var lastSteps = drafts.indices.map { $0 }
    for (index, draft) in drafts.enumerated() {
      for input in draft.inputs {
        if let producer = producers[input] { lastSteps[producer] = index }
      }
    }
    let inScratch = drafts.indices.filter { readers.firstEnd(of: drafts[$0].output) == nil }
    let layout = ScratchLayout(
      inScratch.map { index in
        ScratchLayout.Result(
          count: graph.tensorCounts[drafts[index].output], firstStep: index,
          lastStep: lastSteps[index])
      })
    scratchCount = layout.count
    for (index, offset) in zip(inScratch, layout.offsets) {
      places[drafts[index].output] = .scratch(offset: offset)
    }
    for draft in drafts {
      if let end = readers.firstEnd(of: draft.output) { places[draft.output] = .output(end) }
    }
  }

  private func slot(_ tensor: Int) -> InferencePlan.Slot {
    InferencePlan.Slot(place: places[tensor], count: graph.tensorCounts[tensor])
  }

  private mutating func append(_ draft: InferenceDraft) {
    let (input, output) = (slot(draft.inputs[0]), slot(draft.output))
    let activation = InferencePlan.Columns(function: draft.activation, count: draft.columns)
    let variables = Array(graph.variables[draft.node.variables])
    switch draft.form {
    case .activation:
      steps.append(
        .activation(
          InferencePlan.Activated(input: input, output: output, activation: activation)))
    case .dense:
      addWeights(draft, variables)
      let onlyItsInput = onlyInput(of: draft)
      convertedInputs.removeAll { $0 == onlyItsInput }
      steps.append(
        .dense(
          InferencePlan.Dense(
            input: input, output: output, weights: weights.count - 1,
            features: variables[0].rows, activation: activation, onlyItsInput: onlyItsInput)))
    case .convolution(let layer):
      addWeights(draft, variables)
      let inputShape = draft.node.inputShapes[0]
      let count = layer.inferenceWorkspaceCount(for: inputShape, pooling: draft.pooling)
      workspaceCount = max(workspaceCount, count)
      steps.append(.convolution(convolutions.count))
      convolutions.append(
        InferencePlan.ConvolutionCall(
          layer: layer, inputShape: inputShape, input: input, output: output,
          weights: weights.count - 1, activation: draft.activation,
          pooling: draft.pooling, workspaceCount: count))
    case .normalization(let layer):
      steps.append(
        .normalization(
          InferencePlan.Normalization(
            input: input, output: output, factors: factors.count, activation: activation)))
      factors.append(
        InferencePlan.Factors(layer: layer, variables: variables, channels: draft.columns))
    case .identity, .maximum, .layer:
      workspaceCount = max(workspaceCount, draft.node.workspaceCount)
      steps.append(.layer(layers.count))
      layers.append(
        InferencePlan.LayerCall(
          node: draft.node, inputs: draft.inputs.map { slot($0) }, output: output,
          variables: variables, activation: activation))
    }
  }

  /// The network's input that this draft reads as its only reader.
  private func onlyInput(of draft: InferenceDraft) -> Int? {
    guard case .input(let index) = places[draft.inputs[0]],
      readers.hasOnlyReader(draft.inputs[0])
    else { return nil }
    return index
  }

  private mutating func addWeights(_ draft: InferenceDraft, _ variables: [Graph.StoredVariable]) {
    var convolution: (layer: any Convolution, inputShape: Shape)?
    if case .convolution(let layer) = draft.form {
      convolution = (layer, draft.node.inputShapes[0])
    }
    weights.append(
      InferencePlan.Weights(
        kernel: variables[0], bias: variables.count > 1 ? variables[1] : nil,
        columns: draft.columns,
        normalizations: draft.normalizations.map {
          InferencePlan.Factors(
            layer: $0.layer, variables: Array(graph.variables[$0.node.variables]),
            channels: draft.columns)
        },
        convolution: convolution))
  }
}
