/// How a trained network computes a layer.
public enum InferenceForm {
  /// The output is the input, in another shape perhaps.
  case identity
  /// f(x), over the last axis where f looks at several numbers.
  case activation(ActivationFunction)
  /// activation(x kernel + bias)
  case dense(ActivationFunction)
  /// activation(convolution(x, kernel) + bias), by the layer's `infer`.
  case convolution(any Convolution)
  /// (x - mean) scale + shift, each channel of the last axis with its own.
  case normalization(BatchNormalization)
  /// The largest of each window.
  case maximum(MaxPooling2D)
  /// By its own forward pass.
  case layer
}

/// A layer whose output is f(C(x) + b): C is linear, and multiplying a column of
/// the kernel multiplies the channel of C(x) of that number. So what scales and
/// shifts channels afterwards can be folded into kernel and bias.
public protocol Convolution: Layer {
  var activation: ActivationFunction { get }

  /// Whether `infer` can pool its output while it is computed.
  func fuses(_ pooling: MaxPooling2D, on input: Shape) -> Bool

  /// How many numbers of scratch memory `infer` needs, whatever the batch.
  ///
  /// - Parameter pooling: one that the layer `fuses`.
  func inferenceWorkspaceCount(for input: Shape, pooling: MaxPooling2D?) -> Int

  /// How many numbers `pack` makes of the kernel.
  func packedCount(for input: Shape) -> Int

  /// Brings the kernel into the order in which `infer` reads it. Done once, when
  /// a session is made.
  func pack(_ kernel: MatrixView, for input: Shape, into packed: MatrixView)

  /// Writes `pass.output`.
  func infer(_ pass: InferencePass)

  /// How many numbers of scratch memory the passes of a training take that compute a
  /// max pooling along with the layer, given as `LayerPass.pooling`; nil where they
  /// cannot.
  func workspaceCount(for input: Shape, pooling: MaxPooling2D) -> Int?
}

extension Convolution {
  public func fuses(_ pooling: MaxPooling2D, on input: Shape) -> Bool { false }
  public func packedCount(for input: Shape) -> Int { 0 }
  public func pack(_ kernel: MatrixView, for input: Shape, into packed: MatrixView) {}
  public func workspaceCount(for input: Shape, pooling: MaxPooling2D) -> Int? { nil }
}

/// What a convolution works on in a trained network, together with what follows
/// it: pool(f(C(x) + b)).
public struct InferencePass {
  /// The batch, a row for each sample, which must not be written.
  public var input: MatrixView
  public var output: MatrixView
  /// The shape of a sample.
  public var inputShape: Shape
  /// A column for each channel of the output.
  public var kernel: MatrixView
  /// What `pack` made of the kernel.
  public var packed: MatrixView
  /// A number for each channel; nil stands for zeros.
  public var bias: MatrixView?
  /// Over the channels, where the function looks at several numbers.
  public var activation: ActivationFunction
  /// Only where the layer `fuses` it.
  public var pooling: MaxPooling2D?
  /// One row of scratch memory, as much as the layer's `inferenceWorkspaceCount`.
  public var workspace: MatrixView
}
