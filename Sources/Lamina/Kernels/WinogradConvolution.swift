import CLaminaKernels

/// A convolution in a trained network: by Winograd's way where that suits, which
/// takes 4 products where the sum of the definition takes 9, and gives the same to
/// rounding: that of the largest number among the 4x4 pixels that a product sees.
/// What is not finite would spread to its neighbours there, so images and kernels
/// with numbers beyond 1e15, whose products might not be, take the direct way.
extension MatrixView {
  /// The kernel as `assignInference` reads it: `inferenceKernelCount` numbers.
  func assignInferenceKernel(_ kernel: MatrixView, _ convolution: ConvolutionShape) {
    assert(count == convolution.inferenceKernelCount)
    columns(0..<convolution.packedCount).assignPacked(kernel, convolution)
    guard convolution.suitsWinograd else { return }
    var shape = convolution.kernels
    laminakernel_transform_kernel(
      kernel.elements + convolution.firstWeight, elements + convolution.packedCount, &shape)
    elements[count - 1] = Float(laminakernel_is_moderate(kernel.elements, kernel.count))
  }

  /// output = the convolution of an image, plus the bias of each filter; with a
  /// pool the largest of its windows, as `assignPooledConvolution` takes them.
  ///
  /// - Parameters:
  ///   - kernel: what `assignInferenceKernel` made of it.
  ///   - clips: whether negative outputs become 0, as by relu.
  ///   - scratch: `inferenceScratchCount(pooling:)` numbers.
  func assignInference(
    of image: MatrixView, _ kernel: MatrixView, bias: MatrixView?, clips: Bool,
    scratch: MatrixView, _ convolution: ConvolutionShape, pooling pool: SlidingWindow?
  ) {
    assert(kernel.count == convolution.inferenceKernelCount)
    assert(scratch.count >= convolution.inferenceScratchCount(pooling: pool))
    let packed = kernel.columns(0..<convolution.packedCount)
    if kernel.count > packed.count, kernel.elements[kernel.count - 1] == 1,
      laminakernel_is_moderate(image.elements, image.count) != 0
    {
      assignWinograd(
        of: image, transformed: kernel.elements + packed.count, bias, clips, scratch, convolution,
        pool)
    } else if let pool {
      assignPooledConvolution(
        of: image, packed, bias: bias, clips: clips, scratch: scratch, convolution, pool)
    } else {
      assignConvolution(
        of: image, packed, bias: bias, clips: clips, scratch: scratch, convolution)
    }
  }

  private func assignWinograd(
    of image: MatrixView, transformed: UnsafePointer<Float>, _ bias: MatrixView?, _ clips: Bool,
    _ scratch: MatrixView, _ convolution: ConvolutionShape, _ pool: SlidingWindow?
  ) {
    var shape = convolution.kernels
    if let pool {
      assert(count == pool.positionCount * convolution.filters)
      var poolShape = pool.shape
      laminakernel_convolve_and_pool_winograd(
        image.elements, transformed, bias?.elements, elements, clips ? 1 : 0, scratch.elements,
        &shape, &poolShape)
    } else {
      assert(count == convolution.window.rows.output * convolution.outputRowCount)
      laminakernel_convolve_winograd(
        image.elements, transformed, bias?.elements, elements, clips ? 1 : 0, scratch.elements,
        &shape)
    }
  }
}
