/// Checks and places one layer after another.
struct GraphBuilder {
  private let topology: Topology
  private let order: TopologyOrder

  private(set) var inputs: [Graph.Port] = []
  private(set) var outputs: [Graph.Port] = []
  private(set) var layers: [Graph.LayerPlace] = []
  private(set) var nodes: [Graph.Node] = []
  private(set) var variables: [Graph.StoredVariable] = []
  private(set) var trainableCount = 0
  private(set) var nonTrainableCount = 0
  private(set) var tensorCounts: [Int] = []

  /// The graph's numbers of the topology's tensors, and their shapes.
  private var tensors: [Int?]
  private var shapes: [Shape]
  /// By the topology's numbers of the layers.
  private var names: [String]
  private var declarations: [[Variable]?]
  private var isInput: [Bool]
  /// Which of its layer's calls each call is.
  private var callIndices: [Int]

  init(_ topology: Topology, order: TopologyOrder) {
    self.topology = topology
    self.order = order
    tensors = [Int?](repeating: nil, count: topology.calls.count)
    shapes = [Shape](repeating: [], count: topology.calls.count)
    names = [String](repeating: "", count: topology.layers.count)
    declarations = [[Variable]?](repeating: nil, count: topology.layers.count)
    isInput = [Bool](repeating: false, count: topology.calls.count)
    for call in topology.inputs { isInput[call] = true }
    callIndices = GraphBuilder.callIndices(topology, order)
  }

  // Calls that no output depends on do not count.
  private static func callIndices(_ topology: Topology, _ order: TopologyOrder) -> [Int] {
    var indices = [Int](repeating: 0, count: topology.calls.count)
    var counts = [Int](repeating: 0, count: topology.layers.count)
    for call in order.calls.sorted() {
      let layer = topology.calls[call].layer
      indices[call] = counts[layer]
      counts[layer] += 1
    }
    return indices
  }

  mutating func build() throws(LaminaError) {
    try nameLayers()
    for call in topology.inputs { try placeInput(call) }
    for call in order.calls where !isInput[call] { try inferShape(of: call) }
    let positions = try placeLayers()
    for call in order.calls where !isInput[call] { placeNode(call, positions) }
    var outputNames = LayerNames()
    for call in topology.outputs {
      let name = outputNames.unique(names[topology.calls[call].layer])
      outputs.append(port(call, name: name))
    }
  }

  // Inputs are named in their order, the others in the order of computation.
  private mutating func nameLayers() throws(LaminaError) {
    var unique = LayerNames()
    var isNamed = [Bool](repeating: false, count: topology.layers.count)
    for call in topology.inputs + order.calls {
      let layer = topology.calls[call].layer
      guard !isNamed[layer] else { continue }
      isNamed[layer] = true
      names[layer] = try unique.name(for: topology.layers[layer])
    }
  }

  private mutating func placeInput(_ call: Int) throws(LaminaError) {
    let layer = topology.calls[call].layer
    shapes[call] = topology.layers[layer].inputShape ?? []
    let count = try checkedCount(of: shapes[call], "the input")
    tensors[call] = tensorCounts.count
    tensorCounts.append(count)
    inputs.append(port(call, name: names[layer]))
  }

  private func port(_ call: Int, name: String) -> Graph.Port {
    let tensor = tensors[call] ?? 0
    return Graph.Port(
      name: name, tensor: tensor, shape: shapes[call], count: tensorCounts[tensor])
  }

  private mutating func inferShape(of call: Int) throws(LaminaError) {
    let (layerIndex, inputs) = (topology.calls[call].layer, topology.calls[call].inputs)
    let (layer, name) = (topology.layers[layerIndex], names[layerIndex])
    guard layer.inputCount.contains(inputs.count) else {
      let expected = layer.inputCount
      throw LaminaError(
        .invalidArgument,
        "\(name): expected \(expected.lowerBound)\(expected.count > 1 ? " or more" : "") "
          + "\(expected.lowerBound == 1 && expected.count == 1 ? "input" : "inputs"), "
          + "got \(inputs.count)")
    }
    let inputShapes = inputs.map { shapes[$0] }
    do throws(LaminaError) {
      shapes[call] = try layer.outputShape(for: inputShapes)
    } catch {
      throw error.at(name)
    }
    tensors[call] = tensorCounts.count
    tensorCounts.append(try checkedCount(of: shapes[call], name))
    try declareVariables(of: layerIndex, on: inputShapes)
  }

  /// A layer that is called again has the variables that it has.
  private mutating func declareVariables(
    of layer: Int, on inputShapes: [Shape]
  ) throws(LaminaError) {
    let declared = topology.layers[layer].variables(for: inputShapes)
    guard let earlier = declarations[layer] else {
      declarations[layer] = declared
      return
    }
    for (variable, first) in zip(declared, earlier) where variable.shape != first.shape {
      throw LaminaError(
        .invalidArgument,
        "\(names[layer]): \(first.name) has shape \(first.shape), "
          + "another input of the shared layer would need \(variable.shape)")
    }
  }

  /// Gives each layer its variables' places; the result are the layers' places
  /// by the topology's numbers.
  private mutating func placeLayers() throws(LaminaError) -> [Int] {
    var positions = [Int](repeating: 0, count: topology.layers.count)
    for index in order.layers {
      let first = variables.count
      for variable in declarations[index] ?? [] { try place(variable, of: names[index]) }
      positions[index] = layers.count
      layers.append(
        Graph.LayerPlace(
          name: names[index], layer: topology.layers[index], variables: first..<variables.count))
    }
    return positions
  }

  private mutating func place(_ variable: Variable, of layer: String) throws(LaminaError) {
    let name = "\(layer)/\(variable.name)"
    let count = try checkedCount(of: variable.shape, name)
    guard count <= Graph.maximumParameterCount - trainableCount - nonTrainableCount else {
      throw LaminaError(
        .invalidArgument,
        "\(name): the network would have more than \(Graph.maximumParameterCount) parameters")
    }
    variables.append(
      Graph.StoredVariable(
        name: name, shape: variable.shape, initializer: variable.initializer,
        regularizer: variable.regularizer, isTrainable: variable.isTrainable,
        offset: variable.isTrainable ? trainableCount : nonTrainableCount, count: count))
    if variable.isTrainable { trainableCount += count } else { nonTrainableCount += count }
  }

  private mutating func placeNode(_ call: Int, _ positions: [Int]) {
    let (layerIndex, inputs) = (topology.calls[call].layer, topology.calls[call].inputs)
    let place = layers[positions[layerIndex]]
    let inputShapes = inputs.map { shapes[$0] }
    nodes.append(
      Graph.Node(
        layerIndex: positions[layerIndex], callIndex: callIndices[call], name: place.name,
        layer: place.layer,
        inputs: inputs.compactMap { tensors[$0] }, output: tensors[call] ?? 0,
        inputShapes: inputShapes, outputShape: shapes[call], variables: place.variables,
        stateCount: place.layer.stateCount(for: inputShapes),
        workspaceCount: place.layer.workspaceCount(for: inputShapes)))
  }

  private func checkedCount(of shape: Shape, _ place: String) throws(LaminaError) -> Int {
    guard shape.rank <= Graph.maximumRank else {
      throw LaminaError(
        .invalidArgument, "\(place): shape \(shape) has more than \(Graph.maximumRank) axes")
    }
    guard shape.dimensions.allSatisfy({ $0 > 0 }), let count = shape.checkedElementCount,
      count <= Int(Int32.max)
    else {
      throw LaminaError(
        .invalidArgument, "\(place): shape \(shape) is empty or has more than 2^31 - 1 elements")
    }
    return count
  }
}
