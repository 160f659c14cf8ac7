/// A model's architecture as Keras-style JSON.
extension Model {
  /// What `Model.make(configuration:)` makes this network of, with fresh weights.
  ///
  /// Source: get_config in keras/src/models/sequential.py and
  /// keras/src/models/functional.py
  public var configuration: JSON {
    let members =
      self is Sequential ? sequentialConfiguration : functionalConfiguration
    return JSON.described(className, [JSON.Member("name", .string(name))] + members)
  }

  /// Layers that follow each other.
  private var sequentialConfiguration: [JSON.Member] {
    let layers = graph?.layers.map { described($0) } ?? []
    return [JSON.Member("layers", .array(layers))]
  }

  /// Layers that are called on each other's results.
  private var functionalConfiguration: [JSON.Member] {
    guard let graph else { return [JSON.Member("layers", .array([]))] }
    let calls = CallNames(graph)
    let layers = graph.layers.map { place -> JSON in
      guard case .object(let members) = described(place) else { return .null }
      return .object(
        members + [
          JSON.Member("name", .string(place.name)),
          JSON.Member("inbound_nodes", .array(calls.inboundNodes(of: place))),
        ])
    }
    return [
      JSON.Member("layers", .array(layers)),
      JSON.Member("input_layers", .array(graph.inputs.map { calls.history(of: $0.tensor) })),
      JSON.Member("output_layers", .array(graph.outputs.map { calls.history(of: $0.tensor) })),
    ]
  }

  private func described(_ place: Graph.LayerPlace) -> JSON {
    let name = JSON.Member("name", .string(place.name))
    let settings = place.layer.configuration
    if place.layer is Input { return JSON.described("InputLayer", settings + [name]) }
    let frozen = place.layer.trainable ? [] : [JSON.Member("trainable", .boolean(false))]
    return JSON.described(place.layer.className, [name] + frozen + settings)
  }
}

/// Keras's names of a network's tensors: the layer, and which of its calls.
struct CallNames {
  private let graph: Graph
  private var callIndices: [Int]
  private var layerNames: [String]

  init(_ graph: Graph) {
    self.graph = graph
    callIndices = [Int](repeating: 0, count: graph.tensorCounts.count)
    layerNames = [String](repeating: "", count: graph.tensorCounts.count)
    for input in graph.inputs { layerNames[input.tensor] = input.name }
    var counts = [Int](repeating: 0, count: graph.layers.count)
    for node in graph.nodes {
      layerNames[node.output] = node.name
      callIndices[node.output] = counts[node.layerIndex]
      counts[node.layerIndex] += 1
    }
  }

  /// The layer that gives a tensor, and which of its calls does, from 0.
  func origin(of tensor: Int) -> (layer: String, call: Int) {
    (layerNames[tensor], callIndices[tensor])
  }

  func history(of tensor: Int) -> JSON {
    .array([.string(layerNames[tensor]), .integer(callIndices[tensor]), .integer(0)])
  }

  func inboundNodes(of place: Graph.LayerPlace) -> [JSON] {
    graph.nodes.filter { $0.name == place.name }.map { node in
      let tensors = node.inputs.map { tensor in
        JSON.described(
          "__keras_tensor__", [JSON.Member("keras_history", history(of: tensor))])
      }
      let arguments = node.layer.inputCount.upperBound > 1 ? [.array(tensors)] : tensors
      return .object([
        JSON.Member("args", .array(arguments)), JSON.Member("kwargs", .object([])),
      ])
    }
  }
}

extension Model {
  /// A model with fresh weights: a `Sequential` or a functional one.
  ///
  /// - Parameter text: Keras-style JSON, as `Model.configuration` gives it.
  /// - Throws: `.format` where the JSON is damaged, says too little or names
  ///   layers that do not fit each other; `.unsupported`, naming the layer or
  ///   setting; `.outOfMemory`
  public static func make(
    configuration text: String, seed: UInt64 = 0
  ) throws(LaminaError) -> Model {
    let parsed = try ModelConfiguration(JSON(parsing: text))
    let graph = try parsed.makeGraph()
    let model = parsed.makeModel(seed: seed)
    model.install(graph, try ParameterStore(for: graph, seed: seed))
    return model
  }
}
