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
    guard kernelShape(for: inputs[0]).checkedElementCount != nil else {
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
    guard let window = window(over: inputs[0]) else { return 0 }
    return window.positionCount * activation.stateCount(filters)
  }

  /// Room for the patches of one piece of the batch.
  public func workspaceCount(for inputs: [Shape]) -> Int {
    guard let window = window(over: inputs[0]), !window.isPointwise else { return 0 }
    return positionsAtOnce(window) * window.patchCount
  }

  /// y = f(x W + b), a piece of the batch at a time
  public func forward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    let outputs = pass.output.reshaped(columns: filters)
    let states = pass.state.split(intoRows: outputs.rows)
    for first in stride(from: 0, to: outputs.rows, by: positionsAtOnce(window)) {
      let positions = first..<min(first + positionsAtOnce(window), outputs.rows)
      let output = outputs.rows(positions)
      output.assignProduct(patches(at: positions, window, pass), pass.variables[0])
      if useBias { output.add(toEachRow: pass.variables[1]) }
      activation.apply(to: output, state: states.rows(positions))
    }
  }

  /// With d = dL/dy * f'(x W + b), summed over the windows:
  /// dL/dW = transposed(x) d, dL/db = d, dL/dx = d transposed(W)
  public func backward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    let outputs = pass.output.reshaped(columns: filters)
    let states = pass.state.split(intoRows: outputs.rows)
    let deltas = pass.outputGradient.reshaped(columns: filters)
    for gradient in pass.variableGradients { gradient?.fill(0) }
    if !window.isPointwise { pass.inputGradient?.fill(0) }
    for first in stride(from: 0, to: outputs.rows, by: positionsAtOnce(window)) {
      let positions = first..<min(first + positionsAtOnce(window), outputs.rows)
      let delta = deltas.rows(positions)
      activation.backpropagate(
        outputs: outputs.rows(positions), state: states.rows(positions), gradient: delta)
      pass.variableGradients[0]?.addProduct(
        transposed: patches(at: positions, window, pass), delta)
      if useBias { pass.variableGradients[1]?.addColumnSums(of: delta) }
      addInputGradient(from: delta, at: positions, window, pass)
    }
  }

  private func addInputGradient(
    from delta: MatrixView, at positions: Range<Int>, _ window: SlidingWindow, _ pass: LayerPass
  ) {
    guard let gradient = pass.inputGradient else { return }
    if window.isPointwise {
      gradient.reshaped(columns: window.channels).rows(positions)
        .assignProduct(delta, transposed: pass.variables[0])
    } else {
      let patches = pass.workspace.first(rows: positions.count, columns: window.patchCount)
      patches.assignProduct(delta, transposed: pass.variables[0])
      gradient.addPatches(patches, window, from: positions.lowerBound)
    }
  }

  /// What the windows at some positions see, a row each.
  private func patches(
    at positions: Range<Int>, _ window: SlidingWindow, _ pass: LayerPass
  ) -> MatrixView {
    guard !window.isPointwise else {
      return pass.input.reshaped(columns: window.channels).rows(positions)
    }
    let patches = pass.workspace.first(rows: positions.count, columns: window.patchCount)
    patches.assignPatches(of: pass.input, window, from: positions.lowerBound)
    return patches
  }

  private func window(over input: Shape) -> SlidingWindow? {
    SlidingWindow(
      over: input, size: kernelSize, strides: strides, dilation: dilation, padding: padding)
  }

  /// As many windows as give 1 MB of patches, so that they stay in the cache.
  private func positionsAtOnce(_ window: SlidingWindow) -> Int {
    max(1, (1 << 18) / window.patchCount)
  }
}
