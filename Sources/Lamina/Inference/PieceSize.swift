/// How many samples are computed at once: few enough that what lies between the
/// layers stays in the second-level cache, and enough that each weight that is
/// loaded is used often. It follows from the network's shapes alone, so that
/// results do not depend on the threads.
struct PieceSize {
  let rows: Int

  /// Measured on processors of 1 MB of second-level cache: half of it for what
  /// lies between the layers, the rest for weights.
  private static let scratchBytes = 1 << 19
  /// Multiplications for each weight that is loaded.
  private static let leastUses = 32
  private static let mostRows = 128

  init(_ graph: Graph, scratchCount: Int) {
    let bytes = max(1, scratchCount) * MemoryLayout<Float>.stride
    let cached = max(1, PieceSize.scratchBytes / bytes)
    rows = min(PieceSize.mostRows, max(cached, PieceSize.rowsForUses(graph)))
  }

  /// So many rows that the weights are used often enough, on average.
  private static func rowsForUses(_ graph: Graph) -> Int {
    var weights = 1.0
    var products = 1.0
    for node in graph.nodes {
      let count = graph.variables[node.variables].reduce(0.0) { $0 + Double($1.count) }
      weights += count
      products += count * Double(PieceSize.uses(of: node, graph))
    }
    return Int(min(Double(mostRows), Double(leastUses) * weights / products))
  }

  /// How often a sample uses each of the layer's weights.
  static func uses(of node: Graph.Node, _ graph: Graph) -> Int {
    max(1, graph.tensorCounts[node.output] / max(1, node.outputShape.dimensions.last ?? 1))
  }
}
