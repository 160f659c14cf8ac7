/// A model's architecture as Keras-style JSON, there and back.
extension Model {
  /// What `init(configuration:)` makes this network of, with fresh weights.
  ///
  /// Source: Sequential.get_config in keras/src/models/sequential.py
  public var configuration: JSON {
    var layers: [JSON] = []
    if let inputShape {
      let dimensions: [JSON] = [.null] + inputShape.dimensions.map { .integer($0) }
      layers.append(
        Model.described(
          "InputLayer",
          [
            JSON.Member("batch_shape", .array(dimensions)),
            JSON.Member("dtype", .string("float32")),
            JSON.Member("name", .string("input_layer")),
          ]))
    }
    for node in graph?.nodes ?? [] {
      let name = JSON.Member("name", .string(node.name))
      layers.append(Model.described(node.layer.className, [name] + node.layer.configuration))
    }
    return Model.described(
      className,
      [JSON.Member("name", .string(name)), JSON.Member("layers", .array(layers))])
  }

  private static func described(_ className: String, _ configuration: [JSON.Member]) -> JSON {
    .object([
      JSON.Member("class_name", .string(className)),
      JSON.Member("config", .object(configuration)),
    ])
  }
}

extension Sequential {
  /// A model with fresh weights.
  ///
  /// - Parameter text: Keras-style JSON, as `Model.configuration` gives it.
  /// - Throws: `.format` where the JSON is damaged, says too little or names
  ///   layers that do not fit each other; `.unsupported`, naming the layer or
  ///   setting; `.outOfMemory`
  public convenience init(
    configuration text: String, seed: UInt64 = 0
  ) throws(LaminaError) {
    let parsed = try ModelConfiguration(JSON(parsing: text))
    let graph = try parsed.makeGraph()
    try self.init(parsed.layers, name: parsed.name, seed: seed)
    install(graph, try ParameterStore(for: graph, seed: seed))
  }
}

/// What a configuration says, read and checked, before memory is asked for.
struct ModelConfiguration {
  let name: String
  let inputShape: Shape
  let layers: [any Layer]

  init(_ json: JSON) throws(LaminaError) {
    let className = json["class_name"]?.stringValue ?? "(none)"
    guard className == "Sequential" else {
      throw LaminaError(.unsupported, "model class \"\(className)\"; known: Sequential")
    }
    guard let configuration = json["config"], let list = configuration["layers"]?.arrayValue else {
      throw LaminaError(.format, "the configuration has no list \"layers\"")
    }
    var inputShape: Shape?
    var layers: [any Layer] = []
    for (index, element) in list.enumerated() {
      do throws(LaminaError) {
        guard let className = element["class_name"]?.stringValue, let config = element["config"]
        else {
          throw LaminaError(.format, "expected class_name and config, got \(element.text)")
        }
        if index == 0, let shape = config["batch_shape"] ?? config["batch_input_shape"] {
          inputShape = try ModelConfiguration.sampleShape(shape)
        }
        if className == "InputLayer" {
          guard index == 0 else {
            throw LaminaError(.unsupported, "an InputLayer after the first layer")
          }
          continue
        }
        guard config["trainable"] != .boolean(false) else {
          throw LaminaError(.unsupported, "\"trainable\" is false; known: true")
        }
        layers.append(
          try LayerRegistry.make(
            className: className, configuration: LayerConfiguration(config)))
      } catch {
        throw error.at(element["config"]?["name"]?.stringValue ?? "layer \(index)")
      }
    }
    guard let inputShape else {
      throw LaminaError(.format, "the first layer has no batch_shape")
    }
    self.name = configuration["name"]?.stringValue ?? "sequential"
    self.inputShape = inputShape
    self.layers = layers
  }

  /// - Throws: `.format` where the layers do not fit each other.
  func makeGraph() throws(LaminaError) -> Graph {
    do throws(LaminaError) {
      return try Graph(chain: layers, inputShape: inputShape)
    } catch {
      throw error.kind == .invalidArgument ? LaminaError(.format, error.message) : error
    }
  }

  /// The shape behind the batch axis, which is null or a number.
  private static func sampleShape(_ value: JSON) throws(LaminaError) -> Shape {
    let batch = value.arrayValue?.first
    let axes = (value.arrayValue ?? []).dropFirst()
    let dimensions = axes.compactMap { $0.integerValue }
    guard let batch, batch == .null || batch.integerValue != nil, dimensions.count == axes.count
    else {
      throw LaminaError(.format, "batch_shape should be [null, ...integers], got \(value.text)")
    }
    return Shape(dimensions)
  }
}
