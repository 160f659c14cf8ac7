/// The layers of a network, where they are called, in the order in which they
/// are computed, and the variables behind them; immutable once made.
///
/// Tensors are numbered: the network's inputs come first, then each node's
/// output.
final class Graph {
  /// A layer of the network, which may be called in several places.
  struct LayerPlace {
    /// Unique in the network, such as "dense_1".
    let name: String
    let layer: any Layer
    /// Which of the graph's variables are the layer's.
    let variables: Range<Int>
  }

  /// A layer at one place of the network.
  struct Node {
    /// Which of the graph's layers it is.
    let layerIndex: Int
    /// Which of the layer's calls it is, from 0, as Keras counts them.
    let callIndex: Int
    let name: String
    let layer: any Layer
    /// The tensors that the layer reads, and the one that it writes.
    let inputs: [Int]
    let output: Int
    let inputShapes: [Shape]
    let outputShape: Shape
    /// Which of the graph's variables are the layer's.
    let variables: Range<Int>
    /// Numbers that the forward pass keeps for the backward one, a sample.
    let stateCount: Int
    /// Numbers of scratch memory, whatever the batch.
    let workspaceCount: Int
  }

  /// A variable with its place in the parameter store.
  struct StoredVariable {
    /// The layer's name, a slash, Keras's name: "dense/kernel".
    let name: String
    let shape: Shape
    let initializer: any Initializer
    let regularizer: (any Regularizer)?
    /// Whether it lies among the parameters that gradients change.
    let isTrainable: Bool
    let offset: Int
    let count: Int

    var rows: Int { shape.rank > 1 ? count / max(1, columns) : 1 }
    var columns: Int { shape.dimensions.last ?? 1 }
  }

  /// A tensor that enters or leaves the network.
  struct Port {
    /// The name of the layer that gives it.
    let name: String
    let tensor: Int
    let shape: Shape
    let count: Int
  }

  /// The most axes that a sample may have; with the batch's one that is as many
  /// as a tensor of the C interface has.
  static let maximumRank = 7
  /// The most parameters that a network may have: 1 GiB of them.
  static let maximumParameterCount = 1 << 28

  let inputs: [Port]
  let outputs: [Port]
  /// In Keras's order, inputs too.
  let layers: [LayerPlace]
  /// In the order of their computation.
  let nodes: [Node]
  let variables: [StoredVariable]
  /// The numbers that gradients change, and those that layers change themselves.
  let trainableCount: Int
  let nonTrainableCount: Int
  /// How many numbers a sample of each tensor has.
  let tensorCounts: [Int]

  /// - Throws: `.invalidArgument` where a layer cannot take what it is given, or
  ///   a size is beyond what can be computed; the message begins with the
  ///   layer's name.
  convenience init(_ topology: Topology) throws(LaminaError) {
    var builder = GraphBuilder(topology, order: try TopologyOrder(topology))
    try builder.build()
    self.init(builder)
  }

  private init(_ builder: GraphBuilder) {
    inputs = builder.inputs
    outputs = builder.outputs
    layers = builder.layers
    nodes = builder.nodes
    variables = builder.variables
    trainableCount = builder.trainableCount
    nonTrainableCount = builder.nonTrainableCount
    tensorCounts = builder.tensorCounts
  }

  var parameterCount: Int { trainableCount + nonTrainableCount }

  /// The numbers that gradients change now, without those of frozen layers.
  var trainedCount: Int {
    var count = 0
    for place in layers where place.layer.trainable {
      for variable in variables[place.variables] where variable.isTrainable {
        count += variable.count
      }
    }
    return count
  }

  /// Whether gradients change a layer's variable now.
  func isTrained(_ variable: Int, of node: Node) -> Bool {
    node.layer.trainable && variables[variable].isTrainable
  }
}
