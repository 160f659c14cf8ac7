/// The places of a network, in the order in which they are computed, and the
/// variables behind them; immutable once made.
///
/// Tensors are numbered: 0 is the network's input, each node adds its output.
final class Graph {
  /// A layer at one place of the network.
  struct Node {
    /// Unique in the network, such as "dense_1".
    let name: String
    let layer: any Layer
    /// The tensor that the layer reads, and the one that it writes.
    let input: Int
    let output: Int
    let inputShape: Shape
    let outputShape: Shape
    /// Which of the graph's variables are the layer's.
    let variables: Range<Int>
    /// Numbers that the forward pass keeps for the backward one, a sample.
    let stateCount: Int
  }

  /// A variable with its place in the parameter store.
  struct StoredVariable {
    /// The node's name, a slash, Keras's name: "dense/kernel".
    let name: String
    let shape: Shape
    let initializer: any Initializer
    let offset: Int
    let count: Int

    var rows: Int { shape.rank > 1 ? count / max(1, columns) : 1 }
    var columns: Int { shape.dimensions.last ?? 1 }
  }

  /// The most axes that a sample may have; with the batch's one that is as many
  /// as a tensor of the C interface has.
  static let maximumRank = 7
  /// The most parameters that a network may have: 1 GiB of them.
  static let maximumParameterCount = 1 << 28

  let inputShape: Shape
  let inputCount: Int
  let nodes: [Node]
  let variables: [StoredVariable]
  let parameterCount: Int

  /// - Throws: `.invalidArgument` where a layer cannot take what the one before
  ///   it gives, or a size is beyond what can be computed; the message begins
  ///   with the layer's name.
  convenience init(chain layers: [any Layer], inputShape: Shape) throws(LaminaError) {
    var builder = Builder()
    let inputCount = try builder.checkedCount(of: inputShape, "the input")
    var shape = inputShape
    for layer in layers { shape = try builder.append(layer, to: shape) }
    self.init(builder, inputShape: inputShape, inputCount: inputCount)
  }

  private init(_ builder: Builder, inputShape: Shape, inputCount: Int) {
    self.inputShape = inputShape
    self.inputCount = inputCount
    nodes = builder.nodes
    variables = builder.variables
    parameterCount = builder.parameterCount
  }

  var outputShape: Shape { nodes.last?.outputShape ?? inputShape }
  var outputCount: Int { outputShape.checkedElementCount ?? 0 }
  /// How many tensors there are: the input and each node's output.
  var tensorCount: Int { nodes.count + 1 }

  /// How many numbers a sample of a tensor has.
  func elementCount(ofTensor index: Int) -> Int {
    let shape = index == 0 ? inputShape : nodes[index - 1].outputShape
    return shape.checkedElementCount ?? 0
  }
}

/// Checks and places one layer after another.
private struct Builder {
  var nodes: [Graph.Node] = []
  var variables: [Graph.StoredVariable] = []
  var parameterCount = 0
  private var names: Set<String> = []
  /// For each class, the number of layers that were named after it.
  private var classCounts: [String: Int] = [:]

  func checkedCount(of shape: Shape, _ place: String) throws(LaminaError) -> Int {
    guard shape.rank <= Graph.maximumRank else {
      throw LaminaError(
        .invalidArgument,
        "\(place): shape \(shape) has more than \(Graph.maximumRank) axes")
    }
    guard shape.dimensions.allSatisfy({ $0 > 0 }), let count = shape.checkedElementCount,
      count <= Int(Int32.max)
    else {
      throw LaminaError(
        .invalidArgument, "\(place): shape \(shape) is empty or has more than 2^31 - 1 elements")
    }
    return count
  }

  mutating func append(_ layer: any Layer, to shape: Shape) throws(LaminaError) -> Shape {
    let name = try uniqueName(for: layer)
    let outputShape: Shape
    do throws(LaminaError) {
      outputShape = try layer.outputShape(for: shape)
    } catch {
      throw error.at(name)
    }
    _ = try checkedCount(of: outputShape, name)
    let first = variables.count
    for variable in layer.variables(for: shape) { try place(variable, of: name) }
    nodes.append(
      Graph.Node(
        name: name, layer: layer, input: nodes.count, output: nodes.count + 1,
        inputShape: shape, outputShape: outputShape, variables: first..<variables.count,
        stateCount: layer.stateCount(for: shape)))
    return outputShape
  }

  private mutating func place(_ variable: Variable, of node: String) throws(LaminaError) {
    let name = "\(node)/\(variable.name)"
    let count = try checkedCount(of: variable.shape, name)
    guard count <= Graph.maximumParameterCount - parameterCount else {
      throw LaminaError(
        .invalidArgument,
        "\(name): the network would have more than \(Graph.maximumParameterCount) parameters")
    }
    variables.append(
      Graph.StoredVariable(
        name: name, shape: variable.shape, initializer: variable.initializer,
        offset: parameterCount, count: count))
    parameterCount += count
  }

  /// Keras names layers after their class: dense, dense_1, dense_2.
  private mutating func uniqueName(for layer: any Layer) throws(LaminaError) -> String {
    if let name = layer.name {
      guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")), names.insert(name).inserted
      else {
        throw LaminaError(
          .invalidArgument,
          "\(name): a layer's name must be its own in the model, not empty and without \"/\"")
      }
      return name
    }
    let base = snakeCase(layer.className)
    while true {
      let number = classCounts[base, default: 0]
      classCounts[base] = number + 1
      let name = number == 0 ? base : "\(base)_\(number)"
      if names.insert(name).inserted { return name }
    }
  }
}

/// "GlobalMaxPooling2D" becomes "global_max_pooling2d" and "LSTM" "lstm", as in
/// Keras's to_snake_case.
func snakeCase(_ name: String) -> String {
  func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  let bytes = Array(name.utf8)
  var result: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    if isUpper, index > 0 {
      let beginsWord = index + 1 < bytes.count && isLower(bytes[index + 1])
      if beginsWord || isLower(bytes[index - 1]) { result.append(UInt8(ascii: "_")) }
    }
    result.append(isUpper ? byte + 32 : byte)
  }
  return String(decoding: result, as: UTF8.self)
}
