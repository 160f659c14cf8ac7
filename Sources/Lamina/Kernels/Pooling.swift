import CLaminaKernels

/// Maxima and means over images. A row of a batch is an image of [height, width,
/// channels]; each channel is pooled for itself.
extension MatrixView {
  /// output = the largest pixel that the window sees; a not-a-number is larger
  /// than all.
  ///
  /// - Parameter taps: where it is noted which of the window's pixels that is.
  func assignMaxima(of images: MatrixView, taps: MatrixView? = nil, _ window: SlidingWindow) {
    assert(pools(images, window) && (taps?.count ?? count) == count)
    var shape = window.shape
    guard let taps else {
      laminakernel_max_pooling(images.elements, elements, nil, rows, &shape)
      return
    }
    taps.withIntegers { taps in
      laminakernel_max_pooling(images.elements, elements, taps, rows, &shape)
    }
  }

  /// self = the gradient with respect to the images: the pixel that `taps` names
  /// gets the output's.
  func assignMaximaGradient(from gradient: MatrixView, taps: MatrixView, _ window: SlidingWindow) {
    assert(gradient.pools(self, window) && taps.count == gradient.count)
    var shape = window.shape
    taps.withIntegers { taps in
      laminakernel_max_pooling_gradient(taps, gradient.elements, elements, rows, &shape)
    }
  }

  /// output = the mean of the pixels that the window sees
  func assignMeans(of images: MatrixView, _ window: SlidingWindow) {
    assert(pools(images, window))
    var shape = window.shape
    laminakernel_average_pooling(images.elements, elements, rows, &shape)
  }

  /// self = the gradient with respect to the images, from the outputs' one: each
  /// pixel of a window gets an equal part.
  func assignMeansGradient(from gradient: MatrixView, _ window: SlidingWindow) {
    assert(gradient.pools(self, window))
    fill(0)
    var shape = window.shape
    laminakernel_average_pooling_gradient(gradient.elements, elements, rows, &shape)
  }

  /// The memory as that of as many integers.
  private func withIntegers(_ body: (UnsafeMutablePointer<Int32>) -> Void) {
    elements.withMemoryRebound(to: Int32.self, capacity: count) { body($0) }
  }

  private func pools(_ images: MatrixView, _ window: SlidingWindow) -> Bool {
    images.rows == rows && images.columns == window.imageCount
      && columns == window.positionCount * window.channels
  }
}

/// The same over whole images.
extension MatrixView {
  /// output = the largest pixel; a not-a-number is larger than all.
  func assignMaxima(of images: MatrixView, channels: Int) {
    assert(rows == images.rows && columns == channels)
    for row in 0..<rows {
      let pixels = images.rows(row..<row + 1).reshaped(columns: channels)
      laminakernel_column_maxima(
        pixels.elements, elements + row * columns, pixels.rows, channels)
    }
  }

  /// self = the gradient with respect to the images: the pixels that have the
  /// maximum get equal parts of the output's.
  func assignMaximaGradient(
    from gradient: MatrixView, _ images: MatrixView, outputs: MatrixView, channels: Int
  ) {
    assert(count == images.count && outputs.columns == channels)
    assert(outputs.rows == rows && gradient.count == outputs.count)
    for row in 0..<rows {
      let pixels = images.rows(row..<row + 1).reshaped(columns: channels)
      laminakernel_column_maxima_gradient(
        pixels.elements, outputs.elements + row * channels, gradient.elements + row * channels,
        elements + row * columns, pixels.rows, channels)
    }
  }

  /// output = the mean of the pixels
  func assignMeans(of images: MatrixView, channels: Int) {
    assert(rows == images.rows && columns == channels)
    fill(0)
    for row in 0..<rows {
      let pixels = images.rows(row..<row + 1).reshaped(columns: channels)
      let means = rows(row..<row + 1)
      means.addColumnSums(of: pixels)
      for column in 0..<channels { means.elements[column] /= Float(pixels.rows) }
    }
  }

  /// self = the gradient with respect to the images, from the outputs' one.
  func assignMeansGradient(from gradient: MatrixView, channels: Int) {
    assert(rows == gradient.rows && gradient.columns == channels)
    for row in 0..<rows {
      let pixels = rows(row..<row + 1).reshaped(columns: channels)
      laminakernel_fill_rows(
        pixels.elements, gradient.elements + row * channels, pixels.rows, channels,
        Float(pixels.rows))
    }
  }
}
