extension Model {
  /// The table of layers, output shapes and parameters that Keras prints on 80
  /// columns: where layers branch, join or are shared, with the calls that each
  /// is connected to; the optimizer's numbers once the model was trained.
  ///
  /// Source: keras/src/utils/summary_utils.py
  public func summary() -> String {
    var text = TextWrapping.folded("Model: \"\(name)\"", width: 80)
    if let graph {
      text += table(of: graph)
    } else {
      text += unbuiltTable
    }
    return text + sizes
  }

  private func table(of graph: Graph) -> String {
    let calls = CallNames(graph)
    let showsConnections = !(self is Sequential || graph.isChain)
    var table = SummaryTable(showsConnections ? .connected : .sequential)
    for (index, place) in graph.layers.enumerated() {
      if place.layer is Input, self is Sequential { continue }
      let nodes = calls.calls(ofLayer: index)
      // Of a layer that is called several times the last call's.
      let shape = nodes.last?.outputShape ?? place.layer.inputShape ?? []
      let count = graph.variables[place.variables].reduce(0) { $0 + $1.count }
      var cells = ["\(place.name) (\(place.layer.className))", batchShape(shape), grouped(count)]
      if showsConnections { cells.append(connections(of: nodes, calls)) }
      table.add(cells)
    }
    return table.text
  }

  /// "left[0][0], right[0][0]": the layer, its call, its result.
  private func connections(of nodes: [Graph.Node], _ calls: CallNames) -> String {
    var text = ""
    for node in nodes {
      for tensor in node.inputs {
        let origin = calls.origin(of: tensor)
        text += (text.isEmpty ? "" : ", ") + "\(origin.layer)[\(origin.call)][0]"
      }
    }
    return text.isEmpty ? "-" : text
  }

  /// The layers of a model that waits for its input's shape.
  private var unbuiltTable: String {
    var table = SummaryTable(.sequential)
    var names = LayerNames()
    for layer in layers {
      let name = (try? names.name(for: layer)) ?? layer.place
      table.add([
        "\(name) (\(layer.className))", "?", isBuiltWithoutShape(layer) ? "0" : "0 (unbuilt)",
      ])
    }
    return table.text
  }

  private var sizes: String {
    let trained = graph?.trainedCount ?? 0
    var optimizer: Int?
    if let training, training.hasSlots {
      optimizer = training.optimizer.numberCount(parameterCount: trained)
    }
    var text = sizeLine("Total", parameterCount + (optimizer ?? 0))
    text += sizeLine("Trainable", trained)
    text += sizeLine("Non-trainable", parameterCount - trained)
    if let optimizer { text += sizeLine("Optimizer", optimizer) }
    return text
  }

  private func sizeLine(_ kind: String, _ count: Int) -> String {
    " \(kind) params: \(grouped(count)) (\(byteSize(4 * count)))\n"
  }
}

extension Graph {
  /// Whether the layers follow each other: none branches, joins or is shared.
  fileprivate var isChain: Bool {
    guard inputs.count == 1, nodes.count == layers.count - 1 else { return false }
    var last = inputs[0].tensor
    for node in nodes {
      guard node.inputs.count == 1, node.inputs[0] == last else { return false }
      last = node.output
    }
    return true
  }
}

extension Optimizer {
  /// How many numbers Keras's optimizer has: the slots, the step's number, the
  /// learning rate unless a schedule gives it, and Nadam's product of momenta.
  fileprivate func numberCount(parameterCount: Int) -> Int {
    var count = slots.count * parameterCount + 1
    if case .constant = learningRate { count += 1 }
    return className == "Nadam" ? count + 1 : count
  }
}

/// The classes that Keras does not build again when the input's shape is known.
private func isBuiltWithoutShape(_ layer: any Layer) -> Bool {
  switch layer.className {
  case "Activation", "AveragePooling2D", "Dropout", "GlobalAveragePooling2D",
    "GlobalMaxPooling2D", "MaxPooling2D", "Reshape":
    true
  default: false
  }
}

/// "(None, 28, 28)"
private func batchShape(_ shape: Shape) -> String {
  shape.dimensions.reduce("(None") { $0 + ", \($1)" } + ")"
}

/// 101770 becomes "101,770".
private func grouped(_ number: Int) -> String {
  let digits = Array("\(number)".utf8)
  var result: [UInt8] = []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
    result.append(digit)
  }
  return String(decoding: result, as: UTF8.self)
}

/// 407080 becomes "397.54 KB".
private func byteSize(_ bytes: Int) -> String {
  var size = Double(bytes)
  let units = ["B", "KB", "MB", "GB"]
  var unit = 0
  while size >= 1024, unit < units.count - 1 {
    size /= 1024
    unit += 1
  }
  let hundredths = Int((size * 100).rounded(.toNearestOrEven))
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(units[unit])"
}
