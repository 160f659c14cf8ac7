/// A trained network as a list of steps, compiled once from its graph: layers
/// that do nothing after training are gone, activations and normalizations are
/// part of the layer before where nobody else reads it, and each result's place
/// in the scratch memory is known.
final class InferencePlan {
  /// Where a step reads or writes.
  enum Place: Equatable {
    case input(Int)
    case output(Int)
    /// From `offset` numbers on in the scratch memory, times the piece's rows.
    case scratch(offset: Int)
  }

  /// A tensor, and how many numbers a sample of it has.
  struct Slot {
    let place: Place
    let count: Int
  }

  enum Step {
    /// to = from
    case copy(from: Slot, to: Slot)
    /// output = f(input)
    case activation(Activated)
    /// output = f(input kernel + bias)
    case dense(Dense)
    /// output = f((input - mean) scale + shift)
    case normalization(Normalization)
    /// One of `convolutions`.
    case convolution(Int)
    /// One of `layers`, by the layer's own forward pass.
    case layer(Int)
  }

  struct Activated {
    let input: Slot
    let output: Slot
    let activation: Columns
  }

  struct Dense {
    let input: Slot
    let output: Slot
    /// Which of the `weights`.
    let weights: Int
    let features: Int
    let activation: Columns
    /// The network's input that nobody but this step reads: bytes need not become
    /// float32 for it.
    let onlyItsInput: Int?
  }

  struct Normalization {
    let input: Slot
    let output: Slot
    /// Which of the `factors`.
    let factors: Int
    let activation: Columns
  }

  /// A function, and the length of the axis over which it is taken.
  struct Columns {
    var function: ActivationFunction
    var count: Int
  }

  struct ConvolutionCall {
    let layer: any Convolution
    let inputShape: Shape
    let input: Slot
    let output: Slot
    let weights: Int
    let activation: ActivationFunction
    let pooling: MaxPooling2D?
    let workspaceCount: Int
  }

  struct LayerCall {
    let node: Graph.Node
    let inputs: [Slot]
    let output: Slot
    let variables: [Graph.StoredVariable]
    let activation: Columns
  }

  /// Kernel and bias, and what is folded into them when a session is made.
  struct Weights {
    let kernel: Graph.StoredVariable
    let bias: Graph.StoredVariable?
    let columns: Int
    let normalizations: [Factors]
    /// Who brings the kernel into an order of its own.
    let convolution: (layer: any Convolution, inputShape: Shape)?

    var packedCount: Int { convolution.map { $0.layer.packedCount(for: $0.inputShape) } ?? 0 }
  }

  /// What a normalization's factors are computed from.
  struct Factors {
    let layer: BatchNormalization
    let variables: [Graph.StoredVariable]
    let channels: Int
  }

  let inputCounts: [Int]
  let outputCounts: [Int]
  /// The inputs that must be float32 before the first step.
  let convertedInputs: [Int]
  let steps: [Step]
  let convolutions: [ConvolutionCall]
  let layers: [LayerCall]
  let weights: [Weights]
  let factors: [Factors]
  /// How many numbers of scratch memory a sample takes.
  let scratchCount: Int
  /// How many numbers of scratch memory the layers themselves take.
  let workspaceCount: Int
  /// How many samples are computed at once.
  let pieceRows: Int
  /// Whether the last step makes probabilities of scores, over the classes.
  let endsInSoftmax: Bool

  /// - Parameters:
  ///   - foldsNormalizations: false keeps them as steps, whatever is before them.
  ///   - maximumRows: the most samples that are computed at once.
  init(_ graph: Graph, foldsNormalizations: Bool = true, maximumRows: Int = .max) {
    var builder = InferencePlanBuilder(graph, foldsNormalizations: foldsNormalizations)
    builder.draft()
    builder.place()
    inputCounts = graph.inputs.map { $0.count }
    outputCounts = graph.outputs.map { $0.count }
    convertedInputs = builder.convertedInputs
    steps = builder.steps
    convolutions = builder.convolutions
    layers = builder.layers
    weights = builder.weights
    factors = builder.factors
    scratchCount = builder.scratchCount
    workspaceCount = builder.workspaceCount
    pieceRows = min(maximumRows, PieceSize(graph, scratchCount: scratchCount).rows)
    endsInSoftmax = builder.endsInSoftmax
  }
}
