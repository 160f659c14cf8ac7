/// A trained network as a list of steps, compiled once from its graph: layers
/// that do nothing after training are gone, activations are part of the layer
/// before, and each result's place in the scratch memory is known.
struct InferencePlan {
  /// Where a step reads or writes.
  enum Place {
    case input
    case output
    /// From `offset` numbers on in the scratch memory, times the batch's rows.
    case scratch(offset: Int)
  }

  enum Step {
    /// the network's output = its input
    case copy
    /// output = activation(input kernel + bias)
    case dense(Dense)
  }

  struct Dense {
    let input: Place
    let output: Place
    let kernel: Graph.StoredVariable
    let bias: Graph.StoredVariable?
    let activation: Activation
  }

  let inputCount: Int
  let outputCount: Int
  let steps: [Step]
  /// How many numbers of scratch memory a sample takes.
  let scratchCount: Int

  init(_ graph: Graph) {
    inputCount = graph.inputCount
    outputCount = graph.outputCount
    var steps: [Step] = []
    var place = Place.input
    var scratchCount = 0
    let computing = graph.nodes.filter { node in
      if case .identity = node.layer.inferenceForm { false } else { true }
    }
    for (index, node) in computing.enumerated() {
      let output: Place =
        index == computing.count - 1 ? .output : .scratch(offset: scratchCount)
      if case .scratch = output {
        scratchCount += node.outputShape.checkedElementCount ?? 0
      }
      switch node.layer.inferenceForm {
      case .identity: break
      case .dense(let activation, let hasBias):
        let variables = graph.variables[node.variables]
        guard let kernel = variables.first else { break }
        steps.append(
          .dense(
            Dense(
              input: place, output: output, kernel: kernel,
              bias: hasBias ? variables.last : nil, activation: activation)))
      }
      place = output
    }
    if computing.isEmpty { steps.append(.copy) }
    self.steps = steps
    self.scratchCount = scratchCount
  }

  /// Whether the last step makes probabilities of scores.
  var endsInSoftmax: Bool {
    guard case .dense(let dense)? = steps.last else { return false }
    return dense.activation == .softmax
  }
}
