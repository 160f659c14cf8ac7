/// Which tensors of a network share memory while it is trained: the output of a
/// layer that passes its input through is that input, and where its gradient is the
/// first that the input gets, the two gradients are one too.
struct SharedTensors {
  /// For each tensor the first of those that it shares its values with: itself,
  /// unless a layer passed it through.
  private(set) var values: [Int]
  /// The same for the gradients.
  private(set) var gradients: [Int]

  init(_ graph: Graph, _ routes: GradientRoutes) {
    values = Array(graph.tensorCounts.indices)
    gradients = values
    for (index, node) in graph.nodes.enumerated() where node.layer.isPassThrough {
      values[node.output] = values[node.inputs[0]]
      // By then everything has been added to the output's gradient, and nobody reads it
      // afterwards: what else is added to the input's may be added in the same place.
      if case .direct? = routes.nodes[index]?.inputs[0] {
        gradients[node.output] = gradients[node.inputs[0]]
      }
    }
  }

  /// Whether the node's gradient is where it is needed without a backward pass.
  func passesGradient(_ node: Graph.Node) -> Bool {
    node.layer.isPassThrough && gradients[node.output] == gradients[node.inputs[0]]
  }

  /// How many numbers a sample has in each tensor's own memory: none where it is
  /// another tensor's.
  static func counts(_ first: [Int], _ tensorCounts: [Int]) -> [Int] {
    tensorCounts.indices.map { first[$0] == $0 ? tensorCounts[$0] : 0 }
  }
}
