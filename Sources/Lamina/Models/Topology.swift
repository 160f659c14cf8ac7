/// Which layers are called on which tensors, before shapes are known. Call i
/// gives tensor i; an input is a call without inputs.
struct Topology {
  struct Call {
    /// Which of the layers it is.
    let layer: Int
    /// The tensors that the layer is given.
    let inputs: [Int]
  }

  private(set) var layers: [any Layer] = []
  private(set) var calls: [Call] = []
  /// The tensors that enter the network, each given by an `Input`, and those
  /// that leave it.
  var inputs: [Int] = []
  var outputs: [Int] = []

  /// Adds a layer that is not called yet.
  mutating func add(_ layer: any Layer) -> Int {
    layers.append(layer)
    return layers.count - 1
  }

  /// Adds a call, and gives its tensor.
  mutating func call(_ layer: Int, on inputs: [Int]) -> Int {
    calls.append(Call(layer: layer, inputs: inputs))
    return calls.count - 1
  }
}

extension Topology {
  /// Layers that follow each other.
  init(chain layers: [any Layer], input: Input) {
    var tensor = call(add(input), on: [])
    inputs = [tensor]
    for layer in layers { tensor = call(add(layer), on: [tensor]) }
    outputs = [tensor]
  }

  /// What leads from the inputs to the outputs.
  ///
  /// - Throws: `.invalidArgument` where the inputs are none or not each other's,
  ///   or an output depends on an input that is not listed.
  init(inputs: [SymbolicTensor], outputs: [SymbolicTensor]) throws(LaminaError) {
    var walk = SymbolicWalk()
    for input in inputs {
      guard let input = input as? Input else {
        throw LaminaError(.invalidArgument, "a model's inputs are made by Input(shape)")
      }
      guard walk.tensors[ObjectIdentifier(input)] == nil else {
        throw LaminaError(.invalidArgument, "an Input is listed twice among a model's inputs")
      }
      walk.addInput(input)
    }
    guard !inputs.isEmpty, !outputs.isEmpty else {
      throw LaminaError(.invalidArgument, "a model has at least one input and one output")
    }
    for output in outputs { try walk.visit(output) }
    self = walk.topology
    self.outputs = outputs.compactMap { walk.tensors[ObjectIdentifier($0)] }
  }
}

/// Turns symbolic tensors into calls, those that others depend on first.
private struct SymbolicWalk {
  var topology = Topology()
  var tensors: [ObjectIdentifier: Int] = [:]
  private var layers: [ObjectIdentifier: Int] = [:]

  mutating func addInput(_ input: Input) {
    let tensor = topology.call(topology.add(input), on: [])
    tensors[ObjectIdentifier(input)] = tensor
    topology.inputs.append(tensor)
  }

  /// Walks with a stack of its own: a network may be deeper than the thread's.
  mutating func visit(_ output: SymbolicTensor) throws(LaminaError) {
    var stack = [output]
    while let tensor = stack.last {
      if tensors[ObjectIdentifier(tensor)] != nil {
        stack.removeLast()
        continue
      }
      guard let call = tensor.call else {
        throw LaminaError(
          .invalidArgument, "an output depends on an Input that is not among the model's inputs")
      }
      let missing = call.inputs.filter { tensors[ObjectIdentifier($0)] == nil }
      guard missing.isEmpty else {
        stack.append(contentsOf: missing.reversed())
        continue
      }
      stack.removeLast()
      let layer = layers[ObjectIdentifier(call.layer as AnyObject)] ?? topology.add(call.layer)
      layers[ObjectIdentifier(call.layer as AnyObject)] = layer
      let inputs = call.inputs.compactMap { tensors[ObjectIdentifier($0)] }
      tensors[ObjectIdentifier(tensor)] = topology.call(layer, on: inputs)
    }
  }
}
