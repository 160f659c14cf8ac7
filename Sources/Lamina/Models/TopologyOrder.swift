/// The order in which a network's calls are computed and its layers are listed.
///
/// Layers are listed as Keras lists them: those furthest from the outputs
/// first, and among equals in the order in which a walk from the outputs meets
/// them.
///
/// Source: map_graph in keras/src/ops/function.py
struct TopologyOrder {
  /// The calls that the outputs depend on, each after those that it depends on.
  private(set) var calls: [Int] = []
  /// The layers of these calls, and all inputs.
  private(set) var layers: [Int] = []

  /// When the walk met each layer first.
  private var meetings: [Int?]
  private var depths: [Int?]

  /// - Throws: `.invalidArgument` where calls depend on each other in a circle.
  init(_ topology: Topology) throws(LaminaError) {
    meetings = [Int?](repeating: nil, count: topology.layers.count)
    depths = [Int?](repeating: nil, count: topology.layers.count)
    try walk(topology)
    measureDepths(topology)
    for input in topology.inputs where depths[topology.calls[input].layer] == nil {
      depths[topology.calls[input].layer] = 0
      meetings[topology.calls[input].layer] = -1
    }
    let depths = depths
    let meetings = meetings
    layers = topology.layers.indices.filter { depths[$0] != nil }
    layers.sort { a, b in
      let (depthOfA, depthOfB) = (depths[a] ?? 0, depths[b] ?? 0)
      guard depthOfA == depthOfB else { return depthOfA > depthOfB }
      return (meetings[a] ?? 0, a) < (meetings[b] ?? 0, b)
    }
  }

  /// Depth first from the outputs.
  private mutating func walk(_ topology: Topology) throws(LaminaError) {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: topology.calls.count)
    var meetingCount = 0
    var stack: [(call: Int, next: Int)] = []
    for output in topology.outputs where marks[output] == .new {
      stack.append((output, 0))
      while let (call, next) = stack.last {
        if marks[call] == .new {
          marks[call] = .open
          if meetings[topology.calls[call].layer] == nil {
            meetings[topology.calls[call].layer] = meetingCount
            meetingCount += 1
          }
        }
        let inputs = topology.calls[call].inputs
        guard next < inputs.count else {
          marks[call] = .done
          calls.append(call)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        switch marks[inputs[next]] {
        case .new: stack.append((inputs[next], 0))
        case .open:
          throw LaminaError(
            .invalidArgument,
            "\(topology.layers[topology.calls[call].layer].place): depends on itself, in a circle")
        case .done: break
        }
      }
    }
  }

  /// How many calls lie between a layer and the outputs, at most.
  private mutating func measureDepths(_ topology: Topology) {
    var callDepths = [Int](repeating: 0, count: topology.calls.count)
    for call in calls.reversed() {
      let layer = topology.calls[call].layer
      let depth = max(callDepths[call], depths[layer] ?? 0)
      depths[layer] = depth
      for input in topology.calls[call].inputs {
        callDepths[input] = max(callDepths[input], depth + 1)
      }
    }
  }
}

extension Layer {
  /// What a message calls the layer before it has a name of the network's.
  var place: String { name ?? className }
}
