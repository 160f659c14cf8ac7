import CLaminaKernels

/// The sizes of a convolution: of its window on the images, and of its kernel.
struct ConvolutionShape {
  let window: SlidingWindow
  let filters: Int

  /// What the kernels in C go by. Taps that see no pixel in any place of the
  /// window are left out, so that borders are at most as wide as the image.
  let kernels: laminakernel_convolution
  /// Where the kernel's first tap begins that sees a pixel.
  let firstWeight: Int

  init(_ window: SlidingWindow, filters: Int) {
    self.window = window
    self.filters = filters
    let (rows, columns) = (window.rows.seeingTaps, window.columns.seeingTaps)
    let tap = window.channels * filters
    kernels = laminakernel_convolution(
      window: laminakernel_window(
        rows: window.rows.shape(of: rows), columns: window.columns.shape(of: columns),
        channels: window.channels),
      filters: filters, kernel_row: window.columns.size * tap)
    firstWeight = (rows.lowerBound * window.columns.size + columns.lowerBound) * tap
  }

  /// How many taps of the kernel see a pixel, times the channels.
  private var seeingCount: Int {
    kernels.window.rows.size * kernels.window.columns.size * window.channels
  }

  /// How many numbers a row of outputs has.
  var outputRowCount: Int { window.columns.output * filters }

  /// How many numbers the kernel has as the forward pass reads it.
  var packedCount: Int { seeingCount * wholeVectors(filters) }
  /// How many numbers the kernel has as the gradient of the images reads it.
  var flippedCount: Int {
    seeingCount / window.channels * filters * wholeVectors(window.channels)
  }
  /// How many numbers the sums of the kernel's gradient take.
  var sumCount: Int { packedCount }
  /// How long a row of these sums is.
  var sumColumns: Int { wholeVectors(filters) }

  /// How many numbers of scratch memory the passes of an image take.
  var scratchCount: Int {
    var shape = kernels
    return laminakernel_convolution_scratch(&shape)
  }
  var gradientScratchCount: Int {
    var shape = kernels
    return max(
      laminakernel_kernel_gradient_scratch(&shape), laminakernel_input_gradient_scratch(&shape))
  }
  func scratchCount(pooling pool: SlidingWindow) -> Int {
    var (shape, pool) = (kernels, pool.shape)
    return laminakernel_pooled_convolution_scratch(&shape, &pool)
  }

  /// Whether a trained network computes it by Winograd's way, which takes fewer
  /// products.
  var suitsWinograd: Bool {
    var shape = kernels
    return laminakernel_suits_winograd(&shape) != 0
  }
  /// How many numbers the kernel has as a trained network reads it: the packed
  /// kernel, and for Winograd's way the transformed one and whether to use it.
  var inferenceKernelCount: Int {
    var shape = kernels
    return packedCount + (suitsWinograd ? laminakernel_winograd_count(&shape) + 1 : 0)
  }
  /// How many numbers of scratch memory an image takes then.
  func inferenceScratchCount(pooling pool: SlidingWindow?) -> Int {
    let count = pool.map { scratchCount(pooling: $0) } ?? scratchCount
    guard suitsWinograd else { return count }
    var shape = kernels
    guard let pool else { return max(count, laminakernel_winograd_scratch(&shape, nil)) }
    var poolShape = pool.shape
    return max(count, laminakernel_winograd_scratch(&shape, &poolShape))
  }

  private func wholeVectors(_ count: Int) -> Int { laminakernel_whole_vectors(count) }
}

extension SlidingWindow {
  var shape: laminakernel_window {
    laminakernel_window(
      rows: rows.shape(of: 0..<rows.size), columns: columns.shape(of: 0..<columns.size),
      channels: channels)
  }
}

extension WindowAxis {
  /// The axis of a window that has only some of the taps. Distances that lead
  /// nowhere are small numbers, which can be computed with.
  fileprivate func shape(of taps: Range<Int>) -> laminakernel_axis {
    let before = before - taps.lowerBound * dilation
    return laminakernel_axis(
      input: input, size: taps.count,
      stride: output > 1 ? stride : max(1, min(stride, input + before)),
      dilation: taps.count > 1 ? dilation : 1, output: output, before: before)
  }
}
