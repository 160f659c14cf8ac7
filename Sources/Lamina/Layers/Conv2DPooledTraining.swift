/// Training together with the max pooling behind the layer. The outputs are pooled
/// while they are in the cache and never written; of their gradient nothing is but
/// that of the largest, one of each window, so the way back computes with those alone.
extension Conv2D {
  /// Relu's gradient follows from the largest of a window, as its output does.
  public func workspaceCount(for input: Shape, pooling: MaxPooling2D) -> Int? {
    guard activation == .relu || activation == .linear, fuses(pooling, on: input),
      let convolution = convolution(over: input), let pool = convolution.window(of: pooling),
      pool.columns.size <= pool.columns.stride,
      // Which output of a window is the largest is noted as a byte.
      pool.rows.size <= 256, pool.columns.size <= 256, pool.rows.size * pool.columns.size <= 256
    else { return nil }
    return ConvolutionPieces(convolution, rows: .max, pooling: pool).workspaceCount
  }

  /// y = pool(f(x * W + b)), an image at a time
  func forward(_ pass: LayerPass, _ convolution: ConvolutionShape, _ pooling: MaxPooling2D) {
    guard let pool = convolution.window(of: pooling) else { return }
    let pieces = ConvolutionPieces(convolution, rows: pass.output.rows, pooling: pool)
    let packed = pieces.kernel(in: pass.workspace, count: convolution.packedCount)
    packed.assignPacked(pass.variables[0], convolution)
    pass.workers.perform(pieces.count) { piece, _ in
      for row in pieces.rows(of: piece) {
        pass.output.row(row).assignPooledConvolution(
          of: pass.input.row(row), packed, bias: useBias ? pass.variables[1] : nil,
          clips: activation == .relu, taps: pass.state.row(row),
          scratch: pieces.scratch(of: piece, in: pass.workspace), convolution, pool)
      }
    }
  }

  /// With d = dL/dy * f'(x * W + b) at the largest output of each window, and x what
  /// that output sees: dL/dW = the sum of x d, dL/db = of d, dL/dx = of d W
  func backward(_ pass: LayerPass, _ convolution: ConvolutionShape, _ pooling: MaxPooling2D) {
    guard let pool = convolution.window(of: pooling) else { return }
    let pieces = ConvolutionPieces(convolution, rows: pass.output.rows, pooling: pool)
    let turned = pieces.kernel(in: pass.workspace, count: convolution.flippedCount)
    let skipsZeros =
      pass.inputGradient != nil && turned.assignTurned(pass.variables[0], pooled: convolution, pool)
    let wantsBias = useBias && pass.variableGradients[1] != nil
    pass.workers.perform(pieces.count) { piece, _ in
      let scratch = pieces.scratch(of: piece, in: pass.workspace)
      let kernelSums = pieces.kernelSums(of: piece, in: pass.workspace)
      let biasSums = pieces.biasSums(of: piece, in: pass.workspace)
      kernelSums.fill(0)
      biasSums.fill(0)
      for row in pieces.rows(of: piece) {
        let (delta, taps) = (pass.outputGradient.row(row), pass.state.row(row))
        if activation == .relu { delta.backpropagateRelu(outputs: pass.output.row(row)) }
        if wantsBias { biasSums.addColumnSums(of: delta.reshaped(columns: filters)) }
        if pass.variableGradients[0] != nil {
          kernelSums.addKernelGradient(
            fromPooled: delta, taps: taps, pass.input.row(row), scratch: scratch, convolution,
            pool)
        }
        pass.inputGradient?.row(row).assignInputGradient(
          fromPooled: delta, taps: taps, turned, skipsZeros: skipsZeros, scratch: scratch,
          convolution, pool)
      }
    }
    let parts = pieces.parts(in: pass.workspace)
    pass.variableGradients[0]?.assignPooledKernelGradient(parts, convolution, pool, pass.workers)
    if wantsBias { pass.variableGradients[1]?.assignBiasGradient(parts, convolution) }
  }
}
