/// Which convolutions of a network are trained together with the max pooling behind
/// them: those whose outputs nobody else reads. These outputs, and their gradients,
/// are then never in memory as a whole; at 3x3x32 on MNIST's pictures they are 86 KB a
/// picture, and each pass over them would wait for the third-level cache.
struct PooledConvolutions {
  struct Pair {
    /// Which of the graph's nodes the pooling is.
    let poolingIndex: Int
    let pooling: MaxPooling2D
    /// Numbers of scratch memory for both.
    let workspaceCount: Int
  }

  /// One for each of the graph's nodes; nil where a node is no such convolution.
  private(set) var pairs: [Pair?]
  /// For each node whether it is the pooling of such a pair.
  private(set) var isPooling: [Bool]
  /// How many numbers a sample of each tensor has; none where it is only within a pair.
  private(set) var tensorCounts: [Int]

  init(_ graph: Graph) {
    pairs = graph.nodes.map { _ in nil }
    isPooling = graph.nodes.map { _ in false }
    tensorCounts = graph.tensorCounts
    let readers = PooledConvolutions.onlyReaders(graph)
    for (index, node) in graph.nodes.enumerated() {
      guard case .convolution(let convolution) = node.layer.inferenceForm,
        let reader = readers[node.output],
        case .maximum(let pooling) = graph.nodes[reader].layer.inferenceForm,
        let count = convolution.workspaceCount(for: node.inputShapes[0], pooling: pooling)
      else { continue }
      pairs[index] = Pair(poolingIndex: reader, pooling: pooling, workspaceCount: count)
      isPooling[reader] = true
      tensorCounts[node.output] = 0
    }
  }

  /// For each tensor the node that reads it, where that is the only one and the network
  /// does not give the tensor out.
  private static func onlyReaders(_ graph: Graph) -> [Int?] {
    var readers = graph.tensorCounts.map { _ in [Int]() }
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs { readers[input].append(index) }
    }
    for output in graph.outputs { readers[output.tensor] = [] }
    return readers.map { $0.count == 1 ? $0[0] : nil }
  }

  /// How many numbers of scratch memory a node's passes take.
  func workspaceCount(_ graph: Graph, _ index: Int) -> Int {
    pairs[index]?.workspaceCount ?? graph.nodes[index].workspaceCount
  }

  /// How many numbers a node keeps for the way back, a sample: a pair notes in bytes
  /// which outputs are the largest.
  func stateCount(_ graph: Graph, _ index: Int) -> Int {
    if isPooling[index] { return 0 }
    guard let pair = pairs[index] else { return graph.nodes[index].stateCount }
    return (graph.tensorCounts[graph.nodes[pair.poolingIndex].output] + 3) / 4
  }
}
