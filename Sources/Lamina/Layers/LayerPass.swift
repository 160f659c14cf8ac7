/// What a layer works on while a batch passes through one place of a network.
public struct LayerPass {
  /// The batch, a row for each sample, for each of the layer's inputs.
  public var inputs: [MatrixView]
  public var output: MatrixView
  /// The shapes of a sample.
  public var inputShapes: [Shape]
  public var outputShape: Shape

  /// The layer's variables, in the order in which it declared them; the columns
  /// are the last axis.
  public var variables: [MatrixView]
  /// What the forward pass leaves for the backward one, a row for each sample;
  /// in inference there is none, and it has no columns.
  public var state: MatrixView
  /// One row of scratch memory, which other layers use too.
  public var workspace: MatrixView

  /// Where the gradients of the inputs go; nil where nobody needs one.
  public var inputGradients: [MatrixView?]
  public var outputGradient: MatrixView
  /// Where the gradients of the variables go; nil for those that are frozen or
  /// not trained by gradients.
  public var variableGradients: [MatrixView?]

  /// The max pooling behind the layer where that is computed along with it, as
  /// `Convolution.workspaceCount(for:pooling:)` allows: `output`, its gradient and
  /// `state` are then the pooling's.
  public var pooling: MaxPooling2D?

  /// False while the network predicts or is evaluated.
  public var isTraining: Bool

  /// The threads that a layer may share its work among.
  public var workers = Workers.single

  /// The random numbers of this place and this step.
  var random: RandomStream

  /// The first input, for layers that have one.
  public var input: MatrixView { inputs[0] }
  public var inputShape: Shape { inputShapes[0] }
  public var inputGradient: MatrixView? { inputGradients[0] }
}
