/// A convolution over images: each output sees a window of its input, all with
/// the same weights. With `x(i, j)` the pixels of the window at output (i, j) as
/// one row, `y(i, j) = f(x(i, j) W + b)`.
///
/// - Input: [height, width, channels]; output: [rows, columns, filters], as many
///   as `Padding` says.
/// - Variables: `kernel` W [kernel rows, kernel columns, channels, filters], Glorot
///   uniform; `bias` b [filters], zeros, unless `useBias` is false.
///
/// Sources: keras/src/layers/convolutional/conv2d.py and base_conv.py; Chellapilla
/// et al., "High performance convolutional neural networks for document
/// processing", 2006 (as a matrix product)
public final class Conv2D: Layer {
  public let filters: Int
  public let kernelSize: Size2D
  public let strides: Size2D
  public let padding: Padding
  public let dilation: Size2D
  public let activation: ActivationFunction
  public let useBias: Bool
  public let kernelInitializer: any Initializer
  public let biasInitializer: any Initializer
  public let kernelRegularizer: (any Regularizer)?
  public let biasRegularizer: (any Regularizer)?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Conv2D"

  /// - Parameters:
  ///   - strides: how far one window is from the next.
  ///   - dilation: how far a window's pixels are from each other; it and the
  ///     strides cannot both be more than 1.
  public init(
    _ filters: Int, kernelSize: Size2D, strides: Size2D = 1, padding: Padding = .valid,
    dilation: Size2D = 1, activation: ActivationFunction = .linear, useBias: Bool = true,
    kernelInitializer: any Initializer = .glorotUniform,
    biasInitializer: any Initializer = .zeros,
    kernelRegularizer: (any Regularizer)? = nil, biasRegularizer: (any Regularizer)? = nil,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.filters = filters
    self.kernelSize = kernelSize
    self.strides = strides
    self.padding = padding
    self.dilation = dilation
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
    self.biasRegularizer = biasRegularizer
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    guard filters > 0 else {
      throw LaminaError(.invalidArgument, "filters must be at least 1, got \(filters)")
    }
    try activation.check()
    let window = try SlidingWindow.checked(
      "kernel", over: inputs[0], size: kernelSize, strides: strides, dilation: dilation,
      padding: padding)
    guard strides == 1 || dilation == 1 else {
      throw LaminaError(
        .invalidArgument,
        "strides and dilation cannot both be more than 1, got \(strides) and \(dilation)")
    }
    guard let count = kernelShape(for: inputs[0]).checkedElementCount, count <= 1 << 40 else {
      throw LaminaError(
        .invalidArgument,
        "a kernel of \(kernelSize) for \(window.channels) channels and \(filters) filters is too large"
      )
    }
    return window.outputShape(channels: filters)
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    let kernel = Variable(
      name: "kernel", shape: kernelShape(for: inputs[0]), initializer: kernelInitializer,
      regularizer: kernelRegularizer)
    let bias = Variable(
      name: "bias", shape: [filters], initializer: biasInitializer, regularizer: biasRegularizer)
    return useBias ? [kernel, bias] : [kernel]
  }

  private func kernelShape(for input: Shape) -> Shape {
    [kernelSize.rows, kernelSize.columns, input.dimensions[2], filters]
  }

  public func stateCount(for inputs: [Shape]) -> Int {
    guard let convolution = convolution(over: inputs[0]) else { return 0 }
    return convolution.window.positionCount * activation.stateCount(filters)
  }

  /// Room for the kernel as the passes read it, and for each piece of a batch.
  public func workspaceCount(for inputs: [Shape]) -> Int {
    guard let convolution = convolution(over: inputs[0]) else { return 0 }
    return ConvolutionPieces(convolution, rows: .max).workspaceCount
  }

  /// y = f(x * W + b), an image at a time
  public func forward(_ pass: LayerPass) {
    guard let convolution = convolution(over: pass.inputShape) else { return }
    if let pooling = pass.pooling { return forward(pass, convolution, pooling) }
    let pieces = ConvolutionPieces(convolution, rows: pass.output.rows)
    let states = pass.state.split(intoRows: pass.output.rows)
    let packed = pieces.kernel(in: pass.workspace, count: convolution.packedCount)
    packed.assignPacked(pass.variables[0], convolution)
    pass.workers.perform(pieces.count) { piece, _ in
      for row in pieces.rows(of: piece) {
        let output = pass.output.row(row)
        output.assignConvolution(
          of: pass.input.row(row), packed, bias: useBias ? pass.variables[1] : nil,
          clips: activation == .relu, scratch: pieces.scratch(of: piece, in: pass.workspace),
          convolution)
        guard activation != .relu else { continue }
        activation.apply(to: output.reshaped(columns: filters), state: states.row(row))
      }
    }
  }

  /// With d = dL/dy * f'(x * W + b), summed over the windows: dL/dW = x d,
  /// dL/db = d, dL/dx = the sum of d W over the windows that see x
  public func backward(_ pass: LayerPass) {
    guard let convolution = convolution(over: pass.inputShape) else { return }
    if let pooling = pass.pooling { return backward(pass, convolution, pooling) }
    let pieces = ConvolutionPieces(convolution, rows: pass.output.rows)
    let states = pass.state.split(intoRows: pass.output.rows)
    let flipped = pieces.kernel(in: pass.workspace, count: convolution.flippedCount)
    if pass.inputGradient != nil { flipped.assignFlipped(pass.variables[0], convolution) }
    let wantsBias = useBias && pass.variableGradients[1] != nil
    pass.workers.perform(pieces.count) { piece, _ in
      let scratch = pieces.scratch(of: piece, in: pass.workspace)
      let kernelSums = pieces.kernelSums(of: piece, in: pass.workspace)
      let biasSums = pieces.biasSums(of: piece, in: pass.workspace)
      kernelSums.fill(0)
      biasSums.fill(0)
      for row in pieces.rows(of: piece) {
        let delta = pass.outputGradient.row(row)
        activation.backpropagate(
          outputs: pass.output.row(row).reshaped(columns: filters), state: states.row(row),
          gradient: delta.reshaped(columns: filters))
        if wantsBias { biasSums.addColumnSums(of: delta.reshaped(columns: filters)) }
        if pass.variableGradients[0] != nil {
          kernelSums.addKernelGradient(
            from: delta, pass.input.row(row), scratch: scratch, convolution)
        }
        pass.inputGradient?.row(row).assignInputGradient(
          from: delta, flipped, scratch: scratch, convolution)
      }
    }
    let parts = pieces.parts(in: pass.workspace)
    pass.variableGradients[0]?.assignKernelGradient(parts, convolution, pass.workers)
    if wantsBias { pass.variableGradients[1]?.assignBiasGradient(parts, convolution) }
  }

  func convolution(over input: Shape) -> ConvolutionShape? {
    let window = SlidingWindow(
      over: input, size: kernelSize, strides: strides, dilation: dilation, padding: padding)
    return window.map { ConvolutionShape($0, filters: filters) }
  }
}
