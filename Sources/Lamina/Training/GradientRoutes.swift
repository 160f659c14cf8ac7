/// Where each gradient of a network goes. Layers overwrite; so the first that
/// gives the gradient of a tensor or a variable writes it in place, and every
/// other one, of a branch or a shared layer, writes beside it, to be added.
struct GradientRoutes {
  enum Route {
    /// Nobody needs it.
    case none
    case direct
    /// At this offset in the scratch memory.
    case beside(Int)
  }

  /// The routes of one node; nodes that no gradient reaches have none.
  struct NodeRoutes {
    var inputs: [Route] = []
    var variables: [Route] = []
  }

  /// One for each of the graph's nodes; nil where a node has no backward pass.
  private(set) var nodes: [NodeRoutes?]
  /// One for each of the graph's outputs: the gradient of its loss.
  private(set) var outputs: [Route]
  /// Trained variables that no gradient reaches.
  private(set) var unreachedVariables: [Int] = []
  /// Numbers of scratch memory for gradients of tensors, a sample, and for those
  /// of variables.
  private(set) var tensorScratch = 0
  private(set) var variableScratch = 0

  /// - Parameter hasLoss: for each output whether it is trained.
  init(_ graph: Graph, hasLoss: [Bool]) {
    nodes = [NodeRoutes?](repeating: nil, count: graph.nodes.count)
    outputs = []
    var needs = [Bool](repeating: false, count: graph.tensorCounts.count)
    for node in graph.nodes {
      needs[node.output] =
        node.inputs.contains { needs[$0] }
        || node.variables.contains { graph.isTrained($0, of: node) }
    }
    var isWritten = [Bool](repeating: false, count: graph.tensorCounts.count)
    var isVariableWritten = [Bool](repeating: false, count: graph.variables.count)

    var used = 0
    for (output, hasLoss) in zip(graph.outputs, hasLoss) {
      let route = GradientRoutes.route(
        wanted: hasLoss, &isWritten[output.tensor], &used, output.count)
      outputs.append(route)
    }
    // The outputs' gradients beside stay until all are added, before the nodes.
    tensorScratch = used
    for (index, node) in graph.nodes.enumerated().reversed() {
      guard isWritten[node.output], needs[node.output] else { continue }
      var routes = NodeRoutes()
      var tensorsUsed = 0
      for input in node.inputs {
        routes.inputs.append(
          GradientRoutes.route(
            wanted: needs[input], &isWritten[input], &tensorsUsed, graph.tensorCounts[input]))
      }
      var variablesUsed = 0
      for variable in node.variables {
        routes.variables.append(
          GradientRoutes.route(
            wanted: graph.isTrained(variable, of: node), &isVariableWritten[variable],
            &variablesUsed, graph.variables[variable].count))
      }
      tensorScratch = max(tensorScratch, tensorsUsed)
      variableScratch = max(variableScratch, variablesUsed)
      nodes[index] = routes
    }
    for node in graph.nodes {
      for variable in node.variables
      where graph.isTrained(variable, of: node) && !isVariableWritten[variable] {
        isVariableWritten[variable] = true
        unreachedVariables.append(variable)
      }
    }
  }

  private static func route(
    wanted: Bool, _ isWritten: inout Bool, _ used: inout Int, _ count: Int
  ) -> Route {
    guard wanted else { return .none }
    guard isWritten else {
      isWritten = true
      return .direct
    }
    defer { used += count }
    return .beside(used)
  }
}
