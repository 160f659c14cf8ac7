/// A convolution of each channel for itself, with `depthMultiplier` kernels: with
/// x(i, j, c) the pixels of channel c in the window at output (i, j), output
/// channel c * depthMultiplier + m is `f(sum of x(i, j, c) * W(c, m) + b)`.
///
/// - Input: [height, width, channels]; output: [rows, columns, channels *
///   depthMultiplier], as many as `Padding` says.
/// - Variables: `kernel` W [kernel rows, kernel columns, channels, depthMultiplier],
///   Glorot uniform; `bias` b [channels * depthMultiplier], zeros, unless `useBias`
///   is false.
///
/// Sources: keras/src/layers/convolutional/depthwise_conv2d.py and
/// base_depthwise_conv.py
public final class DepthwiseConv2D: Convolution {
  public let kernelSize: Size2D
  public let strides: Size2D
  public let padding: Padding
  public let depthMultiplier: Int
  public let dilation: Size2D
  public let activation: ActivationFunction
  public let useBias: Bool
  public let depthwiseInitializer: any Initializer
  public let biasInitializer: any Initializer
  public let depthwiseRegularizer: (any Regularizer)?
  public let biasRegularizer: (any Regularizer)?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "DepthwiseConv2D"

  /// - Parameters:
  ///   - strides: how far one window is from the next.
  ///   - dilation: how far a window's pixels are from each other.
  public init(
    kernelSize: Size2D, strides: Size2D = 1, padding: Padding = .valid,
    depthMultiplier: Int = 1, dilation: Size2D = 1, activation: ActivationFunction = .linear,
    useBias: Bool = true, depthwiseInitializer: any Initializer = .glorotUniform,
    biasInitializer: any Initializer = .zeros,
    depthwiseRegularizer: (any Regularizer)? = nil, biasRegularizer: (any Regularizer)? = nil,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.depthMultiplier = depthMultiplier
    self.dilation = dilation
    self.activation = activation
    self.useBias = useBias
    self.depthwiseInitializer = depthwiseInitializer
    self.biasInitializer = biasInitializer
    self.depthwiseRegularizer = depthwiseRegularizer
    self.biasRegularizer = biasRegularizer
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    guard depthMultiplier > 0 else {
      throw LaminaError(
        .invalidArgument, "depth multiplier must be at least 1, got \(depthMultiplier)")
    }
    try activation.check()
    let window = try SlidingWindow.checked(
      "kernel", over: inputs[0], size: kernelSize, strides: strides, dilation: dilation,
      padding: padding)
    guard workspaceCount(over: inputs[0]) != nil else {
      throw LaminaError(
        .invalidArgument,
        """
        a kernel of \(kernelSize) for \(window.channels) channels, \(depthMultiplier) times \
        each, is too large
        """)
    }
    return window.outputShape(channels: window.channels * depthMultiplier)
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    let kernel = Variable(
      name: "kernel", shape: kernelShape(for: inputs[0]), initializer: depthwiseInitializer,
      regularizer: depthwiseRegularizer)
    let bias = Variable(
      name: "bias", shape: [inputs[0].dimensions[2] * depthMultiplier],
      initializer: biasInitializer, regularizer: biasRegularizer)
    return useBias ? [kernel, bias] : [kernel]
  }

  private func kernelShape(for input: Shape) -> Shape {
    [kernelSize.rows, kernelSize.columns, input.dimensions[2], depthMultiplier]
  }

  public func stateCount(for inputs: [Shape]) -> Int {
    guard let window = window(over: inputs[0]) else { return 0 }
    return window.positionCount * activation.stateCount(window.channels * depthMultiplier)
  }

  /// Room for one image and the gradient of the kernel that comes from it.
  public func workspaceCount(for inputs: [Shape]) -> Int { workspaceCount(over: inputs[0]) ?? 0 }

  private func workspaceCount(over input: Shape) -> Int? {
    guard let window = window(over: input) else { return nil }
    return MatrixView.depthwiseWorkspaceCount(
      kernel: kernelShape(for: input), window, multiplier: depthMultiplier)
  }

  /// y = f(x * W + b)
  public func forward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    pass.output.assignDepthwiseConvolution(
      of: pass.input, pass.variables[0], window, workspace: pass.workspace)
    let outputs = pass.output.reshaped(columns: window.channels * depthMultiplier)
    if useBias { outputs.add(toEachRow: pass.variables[1]) }
    activation.apply(to: outputs, state: pass.state)
  }

  public var inferenceForm: InferenceForm { .convolution(self) }

  public func infer(_ pass: InferencePass) {
    guard let window = window(over: pass.inputShape) else { return }
    pass.output.assignDepthwiseConvolution(
      of: pass.input, pass.kernel, window, workspace: pass.workspace)
    let outputs = pass.output.reshaped(columns: window.channels * depthMultiplier)
    if let bias = pass.bias { outputs.add(toEachRow: bias) }
    pass.activation.apply(to: outputs, state: outputs.rows(0..<0))
  }

  /// With d = dL/dy * f'(x * W + b): dL/dW = the sum of x d over the windows,
  /// dL/db = the sum of d, dL/dx = the sum of d W over the windows that see x
  public func backward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    let deltas = pass.outputGradient.reshaped(columns: window.channels * depthMultiplier)
    activation.backpropagate(
      outputs: pass.output.reshaped(columns: deltas.columns), state: pass.state, gradient: deltas)
    pass.variableGradients[0]?.assignDepthwiseKernelGradient(
      from: pass.outputGradient, pass.input, window, workspace: pass.workspace)
    if useBias, let gradient = pass.variableGradients[1] {
      gradient.fill(0)
      gradient.addColumnSums(of: deltas)
    }
    pass.inputGradient?.assignDepthwiseInputGradient(
      from: pass.outputGradient, pass.variables[0], window, workspace: pass.workspace)
  }

  private func window(over input: Shape) -> SlidingWindow? {
    SlidingWindow(
      over: input, size: kernelSize, strides: strides, dilation: dilation, padding: padding)
  }
}
