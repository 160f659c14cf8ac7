/// What a model's configuration says, read and checked, before memory is asked
/// for.
///
/// Source: keras/src/models/sequential.py and keras/src/models/functional.py
struct ModelConfiguration {
  /// The layers that follow each other; nil where the model is no Sequential.
  let sequence: [any Layer]?
  let name: String
  let topology: Topology

  /// - Throws: `.format` where the configuration says too little, `.unsupported`,
  ///   naming the layer or the setting.
  init(_ json: JSON) throws(LaminaError) {
    let className = json["class_name"]?.stringValue ?? "(none)"
    guard className == "Sequential" || className == "Functional" else {
      throw LaminaError(
        .unsupported, "model class \"\(className)\"; known: Sequential, Functional")
    }
    let configuration = json["config"] ?? .null
    guard let list = configuration["layers"]?.arrayValue else {
      throw LaminaError(.format, "the configuration has no list \"layers\"")
    }
    name = configuration["name"]?.stringValue ?? className.lowercased()
    if className == "Sequential" {
      let layers = try ModelConfiguration.layers(list)
      sequence = layers.first is Input ? Array(layers.dropFirst()) : layers
      topology = try ModelConfiguration.chain(layers, list)
    } else {
      sequence = nil
      topology = try FunctionalConfiguration(configuration, list).topology
    }
  }

  /// Layers that no output depends on are left out, as in Keras: naming other
  /// outputs cuts a network.
  ///
  /// - Throws: `.format` where the layers do not fit each other.
  func makeGraph() throws(LaminaError) -> Graph {
    do throws(LaminaError) {
      return try Graph(topology)
    } catch {
      throw error.kind == .invalidArgument ? LaminaError(.format, error.message) : error
    }
  }

  /// The model, with weights that are to come.
  func makeModel(seed: UInt64) -> Model {
    guard let sequence else { return Model(name: name, seed: seed) }
    let input = topology.inputs.first.map { topology.layers[topology.calls[$0].layer] }
    return Sequential(built: sequence, input: input as? Input, name: name, seed: seed)
  }

  private static func chain(
    _ layers: [any Layer], _ list: [JSON]
  ) throws(LaminaError) -> Topology {
    if let input = layers.first as? Input {
      return Topology(chain: Array(layers.dropFirst()), input: input)
    }
    let first = Configuration(list.first?["config"] ?? .null)
    guard first["batch_shape"] != nil || first["batch_input_shape"] != nil else {
      throw LaminaError(.format, "the first layer has no batch_shape")
    }
    return Topology(chain: layers, input: Input(try Input(configuration: first).shape))
  }

  private static func layers(_ list: [JSON]) throws(LaminaError) -> [any Layer] {
    var layers: [any Layer] = []
    for (index, element) in list.enumerated() {
      let layer = try layer(element, index)
      if layer is Input, index > 0 {
        let name = layer.name ?? "layer \(index)"
        throw LaminaError(.unsupported, "\(name): an InputLayer after the first layer")
      }
      layers.append(layer)
    }
    return layers
  }

  /// The layer that an element of the list describes.
  fileprivate static func layer(
    _ element: JSON, _ index: Int
  ) throws(LaminaError) -> any Layer {
    do throws(LaminaError) {
      guard let className = element["class_name"]?.stringValue, let config = element["config"]
      else {
        throw LaminaError(.format, "expected class_name and config, got \(element.text)")
      }
      let configuration = Configuration(config)
      let layer =
        className == "InputLayer"
        ? try Input(configuration: configuration)
        : try LayerRegistry.make(className: className, configuration: configuration)
      layer.trainable = try configuration.boolean("trainable", default: true)
      return layer
    } catch {
      throw error.at(element["config"]?["name"]?.stringValue ?? "layer \(index)")
    }
  }
}

/// The calls that a functional model's configuration lists with its layers.
private struct FunctionalConfiguration {
  private(set) var topology = Topology()
  /// Each layer's first call, and how many there are.
  private var calls: [String: Range<Int>] = [:]

  init(_ configuration: JSON, _ list: [JSON]) throws(LaminaError) {
    var inboundNodes: [[JSON]] = []
    var callCount = 0
    for (index, element) in list.enumerated() {
      let layer = try ModelConfiguration.layer(element, index)
      let nodes = layer is Input ? [.null] : element["inbound_nodes"]?.arrayValue ?? []
      guard let name = layer.name else {
        throw LaminaError(.format, "layer \(index) has no name")
      }
      guard calls.updateValue(callCount..<callCount + nodes.count, forKey: name) == nil else {
        throw LaminaError(.format, "\(name): two layers have this name")
      }
      guard !nodes.isEmpty else {
        throw LaminaError(.format, "\(name): the layer is not called; \"inbound_nodes\" is empty")
      }
      _ = topology.add(layer)
      inboundNodes.append(nodes)
      callCount += nodes.count
    }
    for (layer, nodes) in inboundNodes.enumerated() {
      for node in nodes {
        do throws(LaminaError) {
          _ = topology.call(layer, on: try tensors(ofNode: node))
        } catch {
          throw error.at(topology.layers[layer].name ?? "layer \(layer)")
        }
      }
    }
    topology.inputs = try tensors(configuration, "input_layers")
    topology.outputs = try tensors(configuration, "output_layers")
    try checkInputs()
    // Keras hands it on to the layers when it makes the model.
    if configuration["trainable"] == .boolean(false) {
      for layer in topology.layers { layer.trainable = false }
    }
  }

  /// An InputLayer that is not listed would get no samples.
  private func checkInputs() throws(LaminaError) {
    var isListed = [Bool](repeating: false, count: topology.layers.count)
    for tensor in topology.inputs {
      let index = topology.calls[tensor].layer
      let layer = topology.layers[index]
      guard layer is Input, !isListed[index] else {
        throw LaminaError(
          .format,
          "\(layer.place): \"input_layers\" names "
            + (layer is Input ? "it twice" : "this \(layer.className), expected an InputLayer"))
      }
      isListed[index] = true
    }
    for (index, layer) in topology.layers.enumerated() where layer is Input && !isListed[index] {
      throw LaminaError(.format, "\(layer.place) is not among \"input_layers\"")
    }
  }

  /// The tensors that a call is given: `{"args": [tensor or list of tensors]}`.
  private func tensors(ofNode node: JSON) throws(LaminaError) -> [Int] {
    if node == .null { return [] }
    guard let arguments = node["args"]?.arrayValue else {
      throw LaminaError(.format, "expected args and kwargs, got \(node.text)")
    }
    if case .object(let options)? = node["kwargs"] {
      // What the model is called with counts, not how a layer was called.
      for option in options where option.value != .null && option.key != "training" {
        throw LaminaError(.unsupported, "is called with \"\(option.key)\": \(option.value.text)")
      }
    }
    var tensors: [Int] = []
    for argument in arguments {
      for tensor in argument.arrayValue ?? [argument] {
        guard let history = tensor["config"]?["keras_history"] else {
          throw LaminaError(.unsupported, "is called with \(tensor.text); known: tensors")
        }
        tensors.append(try self.tensor(history))
      }
    }
    return tensors
  }

  /// One tensor, or a list of them.
  private func tensors(_ configuration: JSON, _ key: String) throws(LaminaError) -> [Int] {
    guard let list = configuration[key]?.arrayValue, let first = list.first else {
      throw LaminaError(.format, "the configuration has no list \"\(key)\"")
    }
    let histories = first.stringValue == nil ? list : [.array(list)]
    do throws(LaminaError) {
      return try histories.map { (history) throws(LaminaError) in try tensor(history) }
    } catch {
      throw error.at("\"\(key)\"")
    }
  }

  /// `[layer's name, which of its calls, which of their results]`
  private func tensor(_ history: JSON) throws(LaminaError) -> Int {
    guard let parts = history.arrayValue, parts.count == 3, let name = parts[0].stringValue,
      let call = parts[1].integerValue, parts[2].integerValue == 0
    else {
      throw LaminaError(.format, "expected [layer, call, 0], got \(history.text)")
    }
    guard let range = calls[name] else { throw LaminaError(.format, "there is no layer \(name)") }
    guard call >= 0, call < range.count else {
      throw LaminaError(.format, "\(name) is called \(range.count) times, there is no call \(call)")
    }
    return range.lowerBound + call
  }
}
