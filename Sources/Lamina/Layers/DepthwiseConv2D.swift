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
    guard let count = imageWorkspaceCount(over: inputs[0]), count <= 1 << 40 else {
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

  /// Room for each piece of a batch.
  public func workspaceCount(for inputs: [Shape]) -> Int {
    guard let window = window(over: inputs[0]) else { return 0 }
    return pieces(window, rows: .max).workspaceCount
  }

  /// An image's numbers are read anew for each place of the kernel, as a pool's are.
  public func readCount(for inputs: [Shape]) -> Double {
    (window(over: inputs[0])?.seenCount ?? 0) * Double(depthMultiplier)
  }

  /// How many numbers of workspace an image takes; nil where they are too many to count.
  private func imageWorkspaceCount(over input: Shape) -> Int? {
    guard let window = window(over: input) else { return nil }
    return MatrixView.depthwiseWorkspaceCount(
      kernel: kernelShape(for: input), window, multiplier: depthMultiplier)
  }

  /// How many numbers the repeated pixels of an image are.
  private func repeatedCount(_ window: SlidingWindow) -> Int {
    depthMultiplier > 1 ? window.imageCount * depthMultiplier : 0
  }

  private func pieces(_ window: SlidingWindow, rows: Int) -> DepthwisePieces {
    let kernelCount = window.patchCount * depthMultiplier
    return DepthwisePieces(
      kernelCount: kernelCount, biasCount: window.channels * depthMultiplier,
      imageCount: repeatedCount(window) + kernelCount, rows: rows)
  }

  /// y = f(x * W + b)
  public func forward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    let pieces = pieces(window, rows: pass.output.rows)
    let states = pass.state.split(intoRows: pass.output.rows)
    pass.workers.perform(pieces.count) { piece, _ in
      let rows = pieces.rows(of: piece)
      let outputs = pass.output.rows(rows)
      outputs.assignDepthwiseConvolution(
        of: pass.input.rows(rows), pass.variables[0], window,
        workspace: pieces.scratch(of: piece, in: pass.workspace))
      finish(
        outputs, window, bias: useBias ? pass.variables[1] : nil, activation,
        state: states.rows(rows))
    }
  }

  public var inferenceForm: InferenceForm { .convolution(self) }

  public func inferenceWorkspaceCount(for input: Shape, pooling: MaxPooling2D?) -> Int {
    window(over: input).map { repeatedCount($0) } ?? 0
  }

  public func infer(_ pass: InferencePass) {
    guard let window = window(over: pass.inputShape) else { return }
    pass.output.assignDepthwiseConvolution(
      of: pass.input, pass.kernel, window, workspace: pass.workspace)
    finish(
      pass.output, window, bias: pass.bias, pass.activation, state: pass.output.rows(0..<0))
  }

  /// The activation of sums and bias.
  private func finish(
    _ sums: MatrixView, _ window: SlidingWindow, bias: MatrixView?,
    _ activation: ActivationFunction, state: MatrixView
  ) {
    let outputs = sums.reshaped(columns: window.channels * depthMultiplier)
    if let bias { outputs.add(toEachRow: bias) }
    activation.apply(to: outputs, state: state)
  }

  /// With d = dL/dy * f'(x * W + b): dL/dW = the sum of x d over the windows,
  /// dL/db = the sum of d, dL/dx = the sum of d W over the windows that see x
  public func backward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    let pieces = pieces(window, rows: pass.output.rows)
    let states = pass.state.split(intoRows: pass.output.rows)
    let (kernelGradient, biasGradient) = (
      pass.variableGradients[0], useBias ? pass.variableGradients[1] : nil
    )
    pass.workers.perform(pieces.count) { piece, _ in
      let rows = pieces.rows(of: piece)
      let gradient = pass.outputGradient.rows(rows)
      let deltas = gradient.reshaped(columns: window.channels * depthMultiplier)
      let scratch = pieces.scratch(of: piece, in: pass.workspace)
      activation.backpropagate(
        outputs: pass.output.rows(rows).reshaped(columns: deltas.columns),
        state: states.rows(rows), gradient: deltas)
      if kernelGradient != nil {
        pieces.kernelSums(of: piece, in: pass.workspace, columns: depthMultiplier)
          .assignDepthwiseKernelGradient(
            from: gradient, pass.input.rows(rows), window, workspace: scratch)
      }
      if biasGradient != nil {
        let sums = pieces.biasSums(of: piece, in: pass.workspace)
        sums.fill(0)
        sums.addColumnSums(of: deltas)
      }
      pass.inputGradient?.rows(rows).assignDepthwiseInputGradient(
        from: gradient, pass.variables[0], window, workspace: scratch)
    }
    let parts = pieces.parts(in: pass.workspace)
    kernelGradient?.assignSum(ofRows: parts, from: 0)
    biasGradient?.assignSum(ofRows: parts, from: window.patchCount * depthMultiplier)
  }

  private func window(over input: Shape) -> SlidingWindow? {
    SlidingWindow(
      over: input, size: kernelSize, strides: strides, dilation: dilation, padding: padding)
  }
}
