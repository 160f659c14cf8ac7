/// Keras's names of a network's tensors: the layer, and which of its calls.
///
/// Source: KerasHistory in keras/src/ops/node.py
struct CallNames {
  private let graph: Graph
  /// For each tensor the layer that gives it, which of its calls does, and the
  /// shape of a sample.
  private var layerNames: [String]
  private var callIndices: [Int]
  private var shapes: [Shape]
  /// For each layer the nodes where it is called, in the calls' order.
  private var nodes: [[Int]]

  init(_ graph: Graph) {
    self.graph = graph
    layerNames = [String](repeating: "", count: graph.tensorCounts.count)
    callIndices = [Int](repeating: 0, count: graph.tensorCounts.count)
    shapes = [Shape](repeating: [], count: graph.tensorCounts.count)
    nodes = [[Int]](repeating: [], count: graph.layers.count)
    for input in graph.inputs {
      layerNames[input.tensor] = input.name
      shapes[input.tensor] = input.shape
    }
    for (index, node) in graph.nodes.enumerated() {
      layerNames[node.output] = node.name
      callIndices[node.output] = node.callIndex
      shapes[node.output] = node.outputShape
      nodes[node.layerIndex].append(index)
    }
    for layer in nodes.indices where nodes[layer].count > 1 {
      nodes[layer].sort { graph.nodes[$0].callIndex < graph.nodes[$1].callIndex }
    }
  }

  /// The layer that gives a tensor, and which of its calls does, from 0.
  func origin(of tensor: Int) -> (layer: String, call: Int) {
    (layerNames[tensor], callIndices[tensor])
  }

  /// Where a layer is called, in the calls' order; none for an input.
  func calls(ofLayer layer: Int) -> [Graph.Node] { nodes[layer].map { graph.nodes[$0] } }

  /// `[layer's name, which of its calls, which of their results]`
  func history(of tensor: Int) -> JSON {
    .array([.string(layerNames[tensor]), .integer(callIndices[tensor]), .integer(0)])
  }

  /// A layer's calls as Keras's JSON lists them.
  func inboundNodes(ofLayer layer: Int) -> [JSON] {
    calls(ofLayer: layer).map { node in
      let tensors = node.inputs.map { described($0) }
      let arguments = node.layer.inputCount.upperBound > 1 ? [.array(tensors)] : tensors
      return .object([
        JSON.Member("args", .array(arguments)), JSON.Member("kwargs", .object([])),
      ])
    }
  }

  private func described(_ tensor: Int) -> JSON {
    let dimensions: [JSON] = [.null] + shapes[tensor].dimensions.map { .integer($0) }
    return JSON.described(
      "__keras_tensor__",
      [
        JSON.Member("shape", .array(dimensions)), JSON.Member("dtype", .string("float32")),
        JSON.Member("keras_history", history(of: tensor)),
      ])
  }
}
