/// Who reads the tensors of a graph, where layers that do nothing after training
/// are looked through: what reads their outputs reads what they read.
struct TensorReaders {
  /// The computed tensor, or the input, that a tensor is.
  private var sources: [Int]
  private var readerCounts: [Int]
  /// The network's outputs that a source is.
  private var firstEnds: [Int?]

  init(_ graph: Graph) {
    sources = Array(graph.tensorCounts.indices)
    readerCounts = graph.tensorCounts.map { _ in 0 }
    firstEnds = graph.tensorCounts.map { _ in nil }
    for node in graph.nodes {
      if TensorReaders.isIdentity(node) {
        sources[node.output] = sources[node.inputs[0]]
      } else {
        for input in node.inputs { readerCounts[sources[input]] += 1 }
      }
    }
    for (index, output) in graph.outputs.enumerated().reversed() {
      firstEnds[sources[output.tensor]] = index
    }
  }

  static func isIdentity(_ node: Graph.Node) -> Bool {
    if case .identity = node.layer.inferenceForm { return true }
    return false
  }

  func source(of tensor: Int) -> Int { sources[tensor] }

  /// Whether a layer that reads this source is the only one that does, and the
  /// network does not give it out.
  func hasOnlyReader(_ source: Int) -> Bool {
    readerCounts[source] == 1 && firstEnds[source] == nil
  }

  /// The first of the network's outputs that a source is; nil where it is none.
  func firstEnd(of source: Int) -> Int? { firstEnds[source] }
}
