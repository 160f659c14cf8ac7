import CLaminaKernels

/// Convolutions of each channel for itself. A row of a batch is an image of
/// [height, width, channels]; the kernel is [kernel height, kernel width,
/// channels, multiplier], and output channel c * multiplier + m belongs to (c, m).
///
/// Where the multiplier is more than 1, each image's pixels are repeated in the
/// workspace, so that every channel has one kernel: as many numbers as the image
/// has, times the multiplier, and as many as the kernel has.
extension MatrixView {
  /// output[c, m] = sum over the window of pixel[c] * kernel[c, m]
  func assignDepthwiseConvolution(
    of images: MatrixView, _ kernel: MatrixView, _ window: SlidingWindow, workspace: MatrixView
  ) {
    assert(images.rows == rows && images.columns == window.imageCount)
    assert(columns == window.positionCount * window.channels * kernel.columns)
    assert(kernel.rows == window.patchCount)
    var shape = window.shape(multiplier: kernel.columns)
    guard kernel.columns > 1 else {
      laminakernel_depthwise(images.elements, kernel.elements, elements, rows, &shape)
      return
    }
    let pixels = workspace.first(rows: 1, columns: images.columns * kernel.columns)
    for row in 0..<rows {
      pixels.assignRepeated(images.rows(row..<row + 1), times: kernel.columns)
      laminakernel_depthwise(
        pixels.elements, kernel.elements, elements + row * columns, 1, &shape)
    }
  }

  /// self = the gradient with respect to the images, from the outputs' one.
  func assignDepthwiseInputGradient(
    from gradient: MatrixView, _ kernel: MatrixView, _ window: SlidingWindow,
    workspace: MatrixView
  ) {
    assert(gradient.rows == rows && columns == window.imageCount)
    assert(gradient.columns == window.positionCount * window.channels * kernel.columns)
    assert(kernel.rows == window.patchCount)
    var shape = window.shape(multiplier: kernel.columns)
    guard kernel.columns > 1 else {
      fill(0)
      laminakernel_depthwise_input_gradient(
        gradient.elements, kernel.elements, elements, rows, &shape)
      return
    }
    let pixels = workspace.first(rows: 1, columns: columns * kernel.columns)
    for row in 0..<rows {
      pixels.fill(0)
      laminakernel_depthwise_input_gradient(
        gradient.elements + row * gradient.columns, kernel.elements, pixels.elements, 1, &shape)
      rows(row..<row + 1).assignSums(ofRepeated: pixels, times: kernel.columns)
    }
  }

  /// self = the gradient with respect to the kernel, from the outputs' one.
  func assignDepthwiseKernelGradient(
    from gradient: MatrixView, _ images: MatrixView, _ window: SlidingWindow,
    workspace: MatrixView
  ) {
    assert(gradient.rows == images.rows && images.columns == window.imageCount)
    assert(gradient.columns == window.positionCount * window.channels * columns)
    assert(rows == window.patchCount && workspace.count >= count)
    fill(0)
    var shape = window.shape(multiplier: columns)
    guard columns > 1 else {
      laminakernel_depthwise_kernel_gradient(
        gradient.elements, images.elements, elements, workspace.elements, images.rows, &shape)
      return
    }
    let pixelCount = images.columns * columns
    let pixels = workspace.first(rows: 1, columns: pixelCount)
    assert(workspace.count >= pixelCount + count)
    for row in 0..<images.rows {
      pixels.assignRepeated(images.rows(row..<row + 1), times: columns)
      laminakernel_depthwise_kernel_gradient(
        gradient.elements + row * gradient.columns, pixels.elements, elements,
        workspace.elements + pixelCount, 1, &shape)
    }
  }

  /// How many numbers of workspace these methods need; nil where it is too large
  /// to compute.
  static func depthwiseWorkspaceCount(
    kernel: Shape, _ window: SlidingWindow, multiplier: Int
  ) -> Int? {
    guard let kernelCount = kernel.checkedElementCount else { return nil }
    let (pixelCount, overflow) = window.imageCount.multipliedReportingOverflow(by: multiplier)
    let (sum, sumOverflow) = pixelCount.addingReportingOverflow(kernelCount)
    guard !overflow, !sumOverflow else { return nil }
    return multiplier > 1 ? sum : kernelCount
  }

  /// Each element becomes one of the other matrix; each of those comes so many
  /// times in a row.
  private func assignRepeated(_ values: MatrixView, times: Int) {
    assert(count == values.count * times)
    laminakernel_repeat(values.elements, elements, values.count, times)
  }

  private func assignSums(ofRepeated repeated: MatrixView, times: Int) {
    assert(repeated.count == count * times)
    laminakernel_sum_repeated(repeated.elements, elements, count, times)
  }
}

extension SlidingWindow {
  /// The window over images whose channels come so many times each.
  fileprivate func shape(multiplier: Int) -> laminakernel_window {
    var shape = shape
    shape.channels *= multiplier
    return shape
  }
}
