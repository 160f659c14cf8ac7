/// A model's architecture as Keras-style JSON.
extension Model {
  /// What `Model.make(configuration:)` makes this network of, with fresh weights.
  ///
  /// Source: get_config in keras/src/models/sequential.py and
  /// keras/src/models/functional.py
  public var configuration: JSON {
    let members =
      self is Sequential ? sequentialConfiguration : functionalConfiguration
    // Keras looks the class up in this module.
    let module = self is Sequential ? "keras" : "keras.src.models.functional"
    return .object([
      JSON.Member("module", .string(module)),
      JSON.Member("class_name", .string(className)),
      JSON.Member("config", .object([JSON.Member("name", .string(name))] + members)),
    ])
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
    let layers = graph.layers.enumerated().map { index, place -> JSON in
      guard case .object(let members) = described(place) else { return .null }
      return .object(
        members + [
          JSON.Member("name", .string(place.name)),
          JSON.Member("inbound_nodes", .array(calls.inboundNodes(ofLayer: index))),
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
