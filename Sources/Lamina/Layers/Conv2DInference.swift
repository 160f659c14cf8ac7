/// How a trained network computes the layer: with a kernel that was packed once,
/// and together with what follows.
extension Conv2D: Convolution {
  public var inferenceForm: InferenceForm { .convolution(self) }

  /// Windows that overlap, or begin before the outputs, are pooled afterwards.
  public func fuses(_ pooling: MaxPooling2D, on input: Shape) -> Bool {
    guard let convolution = convolution(over: input), let pool = convolution.window(of: pooling)
    else { return false }
    // A pool of any size would make counts that no number holds.
    guard pool.rows.before == 0, pool.columns.before == 0, pool.rows.size <= pool.rows.stride,
      pool.rows.size <= pool.rows.input, pool.columns.size <= pool.columns.input
    else { return false }
    // What a large window sees is kept as whole vectors, which few filters do not fill: it
    // could take many times the memory of image and outputs.
    let count = convolution.window.imageCount + convolution.window.positionCount * filters
    let affordable = 2 * count + convolution.inferenceScratchCount(pooling: nil)
    return convolution.workspaceCount(pooling: pool) <= max(affordable, Conv2D.cachedCount)
  }

  /// In numbers: a quarter of a cache of 1 MB.
  private static let cachedCount = 1 << 16

  public func inferenceWorkspaceCount(for input: Shape, pooling: MaxPooling2D?) -> Int {
    guard let convolution = convolution(over: input) else { return 0 }
    guard let pool = pooling.flatMap({ convolution.window(of: $0) }) else {
      return convolution.inferenceScratchCount(pooling: nil)
    }
    return convolution.workspaceCount(pooling: pool)
  }

  public func packedCount(for input: Shape) -> Int {
    convolution(over: input)?.inferenceKernelCount ?? 0
  }

  public func pack(_ kernel: MatrixView, for input: Shape, into packed: MatrixView) {
    guard let convolution = convolution(over: input) else { return }
    packed.assignInferenceKernel(kernel, convolution)
  }

  /// y = pool(f(x * W + b)), an image at a time
  public func infer(_ pass: InferencePass) {
    guard let convolution = convolution(over: pass.inputShape) else { return }
    for row in 0..<pass.output.rows {
      if let pooling = pass.pooling {
        infer(pass, row, convolution, pooling)
      } else {
        infer(pass, row, convolution)
      }
    }
  }

  private func infer(_ pass: InferencePass, _ row: Int, _ convolution: ConvolutionShape) {
    let output = pass.output.row(row)
    output.assignInference(
      of: pass.input.row(row), pass.packed, bias: pass.bias, clips: pass.activation == .relu,
      scratch: pass.workspace, convolution, pooling: nil)
    guard pass.activation != .relu else { return }
    pass.activation.apply(to: output.reshaped(columns: filters), state: output.rows(0..<0))
  }

  private func infer(
    _ pass: InferencePass, _ row: Int, _ convolution: ConvolutionShape, _ pooling: MaxPooling2D
  ) {
    guard let pool = convolution.window(of: pooling) else { return }
    guard pass.activation == .relu || pass.activation == .linear else {
      for index in 0..<pool.rows.output {
        inferPooledRow(index, of: pass, row, convolution, pooling)
      }
      return
    }
    pass.output.row(row).assignInference(
      of: pass.input.row(row), pass.packed, bias: pass.bias, clips: pass.activation == .relu,
      scratch: pass.workspace, convolution, pooling: pool)
  }

  /// The rows of outputs that a pooled row sees, and the largest of what the
  /// activation makes of them.
  private func inferPooledRow(
    _ index: Int, of pass: InferencePass, _ row: Int, _ convolution: ConvolutionShape,
    _ pooling: MaxPooling2D
  ) {
    let first = index * pooling.strides.rows
    let rows = first..<min(first + pooling.poolSize.rows, convolution.window.rows.output)
    guard let window = convolution.window(of: pooling, rows: rows.count) else { return }
    let count = pooling.poolSize.rows * convolution.outputRowCount
    let outputs = pass.workspace.columns(0..<rows.count * convolution.outputRowCount)
    outputs.assignConvolution(
      of: pass.input.row(row), pass.packed.columns(0..<convolution.packedCount),
      bias: pass.bias, clips: false, rows: rows,
      scratch: pass.workspace.columns(count..<pass.workspace.count), convolution)
    pass.activation.apply(to: outputs.reshaped(columns: filters), state: outputs.rows(0..<0))
    let pooledCount = window.positionCount * filters
    pass.output.row(row).columns(index * pooledCount..<(index + 1) * pooledCount)
      .assignMaxima(of: outputs, window)
  }
}

extension ConvolutionShape {
  /// How many numbers of scratch memory an image takes, whatever the activation
  /// before the pool.
  fileprivate func workspaceCount(pooling pool: SlidingWindow) -> Int {
    max(inferenceScratchCount(pooling: pool), pool.rows.size * outputRowCount + scratchCount)
  }

  /// The window of a pool over the outputs.
  func window(of pooling: MaxPooling2D) -> SlidingWindow? {
    SlidingWindow(
      height: window.rows.output, width: window.columns.output, channels: filters,
      size: pooling.poolSize, strides: pooling.strides, padding: pooling.padding)
  }

  /// The window over the rows that it sees at once.
  fileprivate func window(of pooling: MaxPooling2D, rows: Int) -> SlidingWindow? {
    SlidingWindow(
      height: rows, width: window.columns.output, channels: filters,
      size: Size2D(rows: rows, columns: pooling.poolSize.columns),
      strides: Size2D(rows: rows, columns: pooling.strides.columns), padding: pooling.padding)
  }
}
