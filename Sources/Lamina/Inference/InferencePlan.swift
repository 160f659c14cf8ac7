/// A trained network as a list of steps, compiled once from its graph: layers
/// that do nothing after training are gone, activations are part of the layer
/// before, and each result's place in the scratch memory is known.
struct InferencePlan {
  /// Where a step reads or writes.
  enum Place {
    case input(Int)
    case output(Int)
    /// From `offset` numbers on in the scratch memory, times the batch's rows.
    case scratch(offset: Int)
  }

  enum Step {
    /// to = from, of so many numbers a sample
    case copy(from: Place, to: Place, count: Int)
    /// output = activation(input kernel + bias)
    case dense(Dense)
    /// The layer's own forward pass.
    case layer(LayerCall)
  }

  struct Dense {
    let input: Place
    let output: Place
    let kernel: Graph.StoredVariable
    let bias: Graph.StoredVariable?
    let activation: ActivationFunction
    /// How many rows of the product a sample gives.
    let rowsPerSample: Int
  }

  struct LayerCall {
    let node: Graph.Node
    let inputs: [(place: Place, count: Int)]
    let output: (place: Place, count: Int)
    let variables: [Graph.StoredVariable]
  }

  let inputCounts: [Int]
  let outputCounts: [Int]
  private(set) var steps: [Step] = []
  /// How many numbers of scratch memory a sample takes.
  private(set) var scratchCount = 0
  /// How many numbers of scratch memory the layers' own passes take.
  private(set) var workspaceCount = 0

  /// Where each tensor lies.
  private var places: [Place]

  init(_ graph: Graph) {
    inputCounts = graph.inputs.map { $0.count }
    outputCounts = graph.outputs.map { $0.count }
    places = graph.tensorCounts.indices.map { .input($0) }
    let ends = InferencePlan.ends(of: graph)
    for node in graph.nodes {
      if case .identity = node.layer.inferenceForm {
        places[node.output] = places[node.inputs[0]]
        continue
      }
      places[node.output] = place(node.output, graph, ends)
      append(node, graph)
    }
    for (index, output) in graph.outputs.enumerated() {
      if case .output(index) = places[output.tensor] { continue }
      steps.append(.copy(from: places[output.tensor], to: .output(index), count: output.count))
    }
  }

  /// For each computed tensor the network's output that it is, or that layers
  /// which do nothing make of it; the first, where there are several.
  private static func ends(of graph: Graph) -> [Int?] {
    var ends = [Int?](repeating: nil, count: graph.tensorCounts.count)
    for (index, output) in graph.outputs.enumerated().reversed() { ends[output.tensor] = index }
    for node in graph.nodes.reversed() {
      guard case .identity = node.layer.inferenceForm, let end = ends[node.output] else { continue }
      ends[node.inputs[0]] = ends[node.inputs[0]] ?? end
    }
    return ends
  }

  private mutating func place(_ tensor: Int, _ graph: Graph, _ ends: [Int?]) -> Place {
    if let end = ends[tensor] { return .output(end) }
    defer { scratchCount += graph.tensorCounts[tensor] }
    return .scratch(offset: scratchCount)
  }

  private mutating func append(_ node: Graph.Node, _ graph: Graph) {
    let variables = Array(graph.variables[node.variables])
    let output = places[node.output]
    if case .dense(let activation, let hasBias) = node.layer.inferenceForm,
      let kernel = variables.first
    {
      steps.append(
        .dense(
          Dense(
            input: places[node.inputs[0]], output: output, kernel: kernel,
            bias: hasBias ? variables.last : nil, activation: activation,
            rowsPerSample: graph.tensorCounts[node.output] / max(1, kernel.columns))))
      return
    }
    workspaceCount = max(workspaceCount, node.workspaceCount)
    steps.append(
      .layer(
        LayerCall(
          node: node, inputs: node.inputs.map { (places[$0], graph.tensorCounts[$0]) },
          output: (output, graph.tensorCounts[node.output]), variables: variables)))
  }

  /// Whether the last step makes probabilities of scores, over the classes.
  var endsInSoftmax: Bool {
    switch steps.last {
    case .dense(let dense)?: dense.activation == .softmax
    case .layer(let call)?: (call.node.layer as? Activation)?.activation == .softmax
    default: false
    }
  }
}
