import CLaminaKernels

/// Patches of images, which turn a convolution into a matrix product. A row of a
/// batch is an image of [height, width, channels]. Positions of the window are
/// counted through all images, each row by row.
extension MatrixView {
  /// Each row becomes what the window sees at one position, ordered by kernel
  /// row, kernel column and channel, zeros beyond the border ("im2col").
  ///
  /// - Parameter first: the first row's position.
  func assignPatches(of images: MatrixView, _ window: SlidingWindow, from first: Int) {
    assert(images.columns == window.imageCount && columns == window.patchCount)
    assert(first + rows <= images.rows * window.positionCount)
    var shape = window.shape
    laminakernel_gather_patches(images.elements, elements, first, rows, &shape)
  }

  /// Adds to each pixel what the patches that it is in have for it ("col2im"):
  /// the transpose of `assignPatches`.
  ///
  /// - Parameter first: the first patch's position.
  func addPatches(_ patches: MatrixView, _ window: SlidingWindow, from first: Int) {
    assert(columns == window.imageCount && patches.columns == window.patchCount)
    assert(first + patches.rows <= rows * window.positionCount)
    var shape = window.shape
    laminakernel_add_patches(patches.elements, elements, first, patches.rows, &shape)
  }

  /// self[j] += the sum of column j, rounded less than in one long sum
  func addColumnSums(of matrix: MatrixView) {
    assert(count == matrix.columns)
    laminakernel_add_column_sums(matrix.elements, elements, matrix.rows, matrix.columns)
  }
}

extension SlidingWindow {
  var shape: laminakernel_window {
    laminakernel_window(rows: rows.shape, columns: columns.shape, channels: channels)
  }
}

extension WindowAxis {
  fileprivate var shape: laminakernel_axis {
    laminakernel_axis(
      input: input, size: size, stride: stride, dilation: dilation, output: output, before: before)
  }
}
