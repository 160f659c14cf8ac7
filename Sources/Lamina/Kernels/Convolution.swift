import CLaminaKernels

/// Convolutions of images with a kernel of [rows, columns, channels, filters]. A
/// row of a batch is an image of [height, width, channels], or its outputs of
/// [rows, columns, filters]; these methods work on one row.
extension MatrixView {
  /// The kernel in the order in which `assignConvolution` reads it: `packedCount`
  /// numbers.
  func assignPacked(_ kernel: MatrixView, _ convolution: ConvolutionShape) {
    assert(count == convolution.packedCount && convolution.hasKernel(kernel))
    var shape = convolution.kernels
    laminakernel_pack_kernel(kernel.elements + convolution.firstWeight, elements, &shape)
  }

  /// output = the convolution of an image, plus the bias of each filter.
  ///
  /// - Parameters:
  ///   - packed: what `assignPacked` made of the kernel.
  ///   - clips: whether negative outputs become 0, as by relu.
  ///   - positions: the rows of outputs that are computed; nil for all.
  ///   - scratch: `scratchCount` numbers.
  func assignConvolution(
    of image: MatrixView, _ packed: MatrixView, bias: MatrixView?, clips: Bool,
    rows positions: Range<Int>? = nil, scratch: MatrixView, _ convolution: ConvolutionShape
  ) {
    let positions = positions ?? 0..<convolution.window.rows.output
    assert(convolution.hasImage(image))
    assert(count == positions.count * convolution.outputRowCount)
    assert(packed.count == convolution.packedCount)
    assert(scratch.count >= convolution.scratchCount)
    var shape = convolution.kernels
    laminakernel_convolve(
      image.elements, packed.elements, bias?.elements, elements, positions.lowerBound,
      positions.count, clips ? 1 : 0, scratch.elements, &shape)
  }

  /// self[j] += the sum of column j, rounded less than in one long sum
  func addColumnSums(of matrix: MatrixView) {
    assert(count == matrix.columns)
    laminakernel_add_column_sums(matrix.elements, elements, matrix.rows, matrix.columns)
  }
}

/// The gradients of a convolution, given those of the outputs of an image.
extension MatrixView {
  /// Adds to the kernel's gradient what an image gives to it.
  ///
  /// - Parameter scratch: `gradientScratchCount` numbers.
  func addKernelGradient(
    from gradient: MatrixView, _ image: MatrixView, scratch: MatrixView,
    _ convolution: ConvolutionShape
  ) {
    assert(convolution.hasImage(image) && convolution.hasOutputs(gradient))
    assert(count == convolution.sumCount && scratch.count >= convolution.gradientScratchCount)
    var shape = convolution.kernels
    laminakernel_add_kernel_gradient(
      image.elements, gradient.elements, elements, scratch.elements, &shape)
  }

  /// The kernel's gradient as the sum over pieces of a batch: `addKernelGradient`
  /// added to the first numbers of each row of `parts`.
  func assignKernelGradient(
    _ parts: MatrixView, _ convolution: ConvolutionShape, _ workers: Workers
  ) {
    assert(convolution.hasKernel(self) && parts.columns >= convolution.sumCount)
    let shape = convolution.kernels
    let columns = shape.window.columns.size * shape.window.channels
    if columns * shape.window.rows.size < rows { fill(0) }
    workers.perform(shape.window.rows.size) { row, _ in
      laminakernel_sum_parts(
        parts.elements + row * columns * convolution.sumColumns,
        elements + convolution.firstWeight + row * shape.kernel_row, parts.rows, parts.columns,
        columns, convolution.filters, convolution.sumColumns)
    }
  }

  /// The bias's gradient as the sum over pieces of a batch; a piece's part comes
  /// after that of the kernel's gradient.
  func assignBiasGradient(_ parts: MatrixView, _ convolution: ConvolutionShape) {
    assert(count == convolution.filters && parts.columns >= convolution.sumCount + count)
    laminakernel_sum_parts(
      parts.elements + convolution.sumCount, elements, parts.rows, parts.columns, 1, count, 0)
  }

  /// The kernel in the order in which `assignInputGradient` reads it:
  /// `flippedCount` numbers.
  func assignFlipped(_ kernel: MatrixView, _ convolution: ConvolutionShape) {
    assert(count == convolution.flippedCount && convolution.hasKernel(kernel))
    var shape = convolution.kernels
    laminakernel_pack_flipped_kernel(kernel.elements + convolution.firstWeight, elements, &shape)
  }

  /// self = the gradient with respect to the image.
  ///
  /// - Parameters:
  ///   - flipped: what `assignFlipped` made of the kernel.
  ///   - scratch: `gradientScratchCount` numbers.
  func assignInputGradient(
    from gradient: MatrixView, _ flipped: MatrixView, scratch: MatrixView,
    _ convolution: ConvolutionShape
  ) {
    assert(convolution.hasImage(self) && convolution.hasOutputs(gradient))
    assert(flipped.count == convolution.flippedCount)
    assert(scratch.count >= convolution.gradientScratchCount)
    var shape = convolution.kernels
    laminakernel_input_gradient(
      gradient.elements, flipped.elements, elements, scratch.elements, &shape)
  }
}

extension ConvolutionShape {
  fileprivate func hasImage(_ image: MatrixView) -> Bool { image.count == window.imageCount }

  fileprivate func hasOutputs(_ outputs: MatrixView) -> Bool {
    outputs.count == window.positionCount * filters
  }

  fileprivate func hasKernel(_ kernel: MatrixView) -> Bool {
    kernel.rows == window.patchCount && kernel.columns == filters
  }
}
