/// A layer at one place of a network, with the layers behind it that are computed
/// together with it.
struct InferenceDraft {
  let node: Graph.Node
  let form: InferenceForm
  /// The tensors that it reads, and the one that it writes.
  let inputs: [Int]
  private(set) var output: Int
  /// The length of the output's last axis, before a pooling.
  let columns: Int
  private(set) var activation = ActivationFunction.linear
  /// Folded into kernel and bias.
  private(set) var normalizations: [(layer: BatchNormalization, node: Graph.Node)] = []
  private(set) var pooling: MaxPooling2D?

  init(_ node: Graph.Node, readers: TensorReaders) {
    self.node = node
    form = node.layer.inferenceForm
    inputs = node.inputs.map { readers.source(of: $0) }
    output = node.output
    columns = node.outputShape.dimensions.last ?? 1
    switch form {
    case .activation(let function): activation = function
    case .dense(let function): activation = function
    case .convolution(let layer): activation = layer.activation
    case .identity, .normalization, .maximum, .layer: break
    }
  }

  /// Takes in the layer that reads the output, as its only reader, if it can.
  mutating func fuse(_ reader: Graph.Node, _ graph: Graph, foldsNormalizations: Bool) -> Bool {
    guard pooling == nil else { return false }
    switch reader.layer.inferenceForm {
    case .activation(let function):
      guard activation == .linear, !function.looksAtRows || hasColumns(of: reader) else {
        return false
      }
      activation = function
    case .normalization(let layer):
      guard foldsNormalizations, hasWeights, activation == .linear, hasColumns(of: reader) else {
        return false
      }
      normalizations.append((layer, reader))
    case .maximum(let layer):
      guard case .convolution(let convolution) = form,
        reader.inputShapes[0] == node.outputShape,
        convolution.fuses(layer, on: node.inputShapes[0])
      else { return false }
      pooling = layer
    case .identity, .dense, .convolution, .layer: return false
    }
    output = reader.output
    return true
  }

  /// Whether it has a kernel whose columns are the output's.
  private var hasWeights: Bool {
    switch form {
    case .dense, .convolution: true
    case .identity, .activation, .normalization, .maximum, .layer: false
    }
  }

  /// Whether the reader's last axis is the output's, whatever lies between.
  private func hasColumns(of reader: Graph.Node) -> Bool {
    reader.inputShapes[0].dimensions.last ?? 1 == columns
  }
}
