import CLaminaKernels

/// Convolutions whose outputs are pooled at once, each image by itself. The windows
/// of a pool begin with the first output, and their rows do not overlap.
extension MatrixView {
  /// output = the largest numbers of a convolution in the windows of a pool.
  ///
  /// - Parameters:
  ///   - packed: what `assignPacked` made of the kernel.
  ///   - clips: whether negative outputs become 0, as by relu.
  ///   - taps: where it is noted, in bytes, which of its window each of them is: the
  ///     first of equals.
  ///   - scratch: `scratchCount(pooling:)` numbers.
  func assignPooledConvolution(
    of image: MatrixView, _ packed: MatrixView, bias: MatrixView?, clips: Bool,
    taps: MatrixView? = nil, scratch: MatrixView, _ convolution: ConvolutionShape,
    _ pool: SlidingWindow
  ) {
    assert(image.count == convolution.window.imageCount)
    assert(count == pool.positionCount * convolution.filters)
    assert(packed.count == convolution.packedCount)
    assert(scratch.count >= convolution.scratchCount(pooling: pool))
    assert(pool.rows.before == 0 && pool.rows.size <= pool.rows.stride)
    assert(pool.columns.before == 0)
    var (shape, poolShape) = (convolution.kernels, pool.shape)
    guard let taps else {
      laminakernel_convolve_and_pool(
        image.elements, packed.elements, bias?.elements, elements, nil, clips ? 1 : 0,
        scratch.elements, &shape, &poolShape)
      return
    }
    assert(4 * taps.count >= count)
    taps.withBytes { taps in
      laminakernel_convolve_and_pool(
        image.elements, packed.elements, bias?.elements, elements, taps, clips ? 1 : 0,
        scratch.elements, &shape, &poolShape)
    }
  }

  /// The memory as that of bytes.
  fileprivate func withBytes(_ body: (UnsafeMutablePointer<UInt8>) -> Void) {
    elements.withMemoryRebound(to: UInt8.self, capacity: 4 * count) { body($0) }
  }
}

/// Their gradients, given that of an image's pooled outputs and the taps that
/// `assignPooledConvolution` noted. Columns of a pool do not overlap then.
extension MatrixView {
  /// Adds to the kernel's gradient what an image gives to it.
  ///
  /// - Parameter scratch: `gradientScratchCount(pooling:)` numbers.
  func addKernelGradient(
    fromPooled gradient: MatrixView, taps: MatrixView, _ image: MatrixView, scratch: MatrixView,
    _ convolution: ConvolutionShape, _ pool: SlidingWindow
  ) {
    assert(image.count == convolution.window.imageCount && count == convolution.sumCount)
    assert(gradient.count == pool.positionCount * convolution.filters)
    assert(scratch.count >= convolution.gradientScratchCount(pooling: pool))
    var (shape, poolShape) = (convolution.kernels, pool.shape)
    taps.withBytes { taps in
      if convolution.addsToKernelByOutput(behind: pool) {
        laminakernel_add_pooled_kernel_gradient(
          image.elements, gradient.elements, taps, elements, scratch.elements, &shape, &poolShape)
      } else {
        laminakernel_add_unpooled_kernel_gradient(
          image.elements, gradient.elements, taps, elements, scratch.elements, &shape, &poolShape)
      }
    }
  }

  /// The kernel's gradient as the sum over pieces of a batch: what `addKernelGradient`
  /// added to the first numbers of each row of `parts`.
  func assignPooledKernelGradient(
    _ parts: MatrixView, _ convolution: ConvolutionShape, _ pool: SlidingWindow,
    _ workers: Workers
  ) {
    guard convolution.addsToKernelByOutput(behind: pool) else {
      return assignKernelGradient(parts, convolution, workers)
    }
    let shape = convolution.kernels
    let line = shape.window.columns.size * shape.window.channels
    if line * shape.window.rows.size < rows { fill(0) }
    workers.perform(shape.window.rows.size) { row, _ in
      laminakernel_sum_transposed_parts(
        parts.elements + row * line, elements + convolution.firstWeight + row * shape.kernel_row,
        parts.rows, parts.columns, line, convolution.filters, line * shape.window.rows.size)
    }
  }

  /// The kernel in the order in which `assignInputGradient` reads it: `flippedCount`
  /// numbers.
  ///
  /// - Returns: whether zeros are skipped there, which they are not where the kernel is
  ///   not finite.
  func assignTurned(
    _ kernel: MatrixView, pooled convolution: ConvolutionShape, _ pool: SlidingWindow
  ) -> Bool {
    assert(count == convolution.flippedCount)
    guard convolution.addsToImageByOutput(behind: pool), kernel.isFinite else {
      assignFlipped(kernel, convolution)
      return false
    }
    var shape = convolution.kernels
    laminakernel_pack_transposed_kernel(
      kernel.elements + convolution.firstWeight, elements, &shape)
    return true
  }

  /// self = the gradient with respect to the image.
  ///
  /// - Parameters:
  ///   - turned: what `assignTurned` made of the kernel, and what it said.
  ///   - scratch: `gradientScratchCount(pooling:)` numbers.
  func assignInputGradient(
    fromPooled gradient: MatrixView, taps: MatrixView, _ turned: MatrixView, skipsZeros: Bool,
    scratch: MatrixView, _ convolution: ConvolutionShape, _ pool: SlidingWindow
  ) {
    assert(count == convolution.window.imageCount && turned.count == convolution.flippedCount)
    assert(gradient.count == pool.positionCount * convolution.filters)
    assert(scratch.count >= convolution.gradientScratchCount(pooling: pool))
    var (shape, poolShape) = (convolution.kernels, pool.shape)
    let outputGradient = scratch.columns(0..<convolution.outputCount)
    taps.withBytes { taps in
      if skipsZeros {
        laminakernel_pooled_input_gradient(
          gradient.elements, taps, turned.elements, elements, &shape, &poolShape)
      } else {
        laminakernel_unpool(gradient.elements, taps, outputGradient.elements, &poolShape)
      }
    }
    guard !skipsZeros else { return }
    assignInputGradient(
      from: outputGradient, turned,
      scratch: scratch.columns(convolution.outputCount..<scratch.count), convolution)
  }
}

extension ConvolutionShape {
  /// Whether the gradients are added output by output, for those that have one: of a
  /// pool of 2x2 at most one in four. On the development machine the kernel's took 1/2.3
  /// of the time then with 48 numbers in a line of the window, and 1/2.4 to 1/7 with 96;
  /// the image's was as quick with 48, and took 1/2.5 to 1/4 with 96.
  /// Of a pool of 1x2 every second output has one, which took up to 2.2 times as long.
  func addsToKernelByOutput(behind pool: SlidingWindow) -> Bool {
    lineCount >= 48 && outputCount >= 4 * pool.positionCount * filters
  }
  func addsToImageByOutput(behind pool: SlidingWindow) -> Bool {
    lineCount >= 64 && outputCount >= 4 * pool.positionCount * filters
  }

  /// How many numbers lie together that a window sees.
  private var lineCount: Int {
    let columns = kernels.window.columns
    return (columns.dilation > 1 ? 1 : columns.size) * window.channels
  }

  /// How many numbers the outputs of an image are.
  var outputCount: Int { window.rows.output * outputRowCount }

  /// How many numbers of scratch memory the gradients of an image take.
  func gradientScratchCount(pooling pool: SlidingWindow) -> Int {
    var (shape, poolShape) = (kernels, pool.shape)
    let kernelCount =
      addsToKernelByOutput(behind: pool)
      ? laminakernel_pooled_kernel_gradient_scratch(&shape, &poolShape)
      : laminakernel_unpooled_kernel_gradient_scratch(&shape, &poolShape)
    return max(kernelCount, outputCount + gradientScratchCount)
  }
}
