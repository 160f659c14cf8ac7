/// Images with a border of zeros. A row of a batch is an image.
extension MatrixView {
  /// Each image becomes the other batch's, with the border around it.
  ///
  /// - Parameter shape: [height, width, channels] of an image without the border.
  func assignPadded(_ images: MatrixView, of shape: Shape, _ border: Border2D) {
    let lines = Lines(shape, border)
    assert(images.columns == lines.height * lines.count)
    assert(columns == lines.paddedHeight * lines.paddedCount && rows == images.rows)
    fill(0)
    for line in 0..<images.rows * lines.height {
      (elements + lines.offset(ofLine: line))
        .update(from: images.elements + line * lines.count, count: lines.count)
    }
  }

  /// Each image becomes the other batch's without the border around it.
  ///
  /// - Parameter shape: [height, width, channels] of an image without the border.
  func assignCropped(_ images: MatrixView, of shape: Shape, _ border: Border2D) {
    let lines = Lines(shape, border)
    assert(columns == lines.height * lines.count)
    assert(images.columns == lines.paddedHeight * lines.paddedCount && rows == images.rows)
    for line in 0..<rows * lines.height {
      (elements + line * lines.count)
        .update(from: images.elements + lines.offset(ofLine: line), count: lines.count)
    }
  }
}

/// The lines of images, and where they lie in the padded ones.
private struct Lines {
  let height: Int
  /// The numbers of a line.
  let count: Int
  let paddedHeight: Int
  let paddedCount: Int
  private let top: Int
  /// The numbers before a line.
  private let leftCount: Int

  init(_ shape: Shape, _ border: Border2D) {
    let (width, channels) = (shape.dimensions[1], shape.dimensions[2])
    height = shape.dimensions[0]
    count = width * channels
    paddedHeight = border.top + height + border.bottom
    paddedCount = (border.left + width + border.right) * channels
    top = border.top
    leftCount = border.left * channels
  }

  /// Where a line begins in the padded images; lines are counted through all.
  func offset(ofLine line: Int) -> Int {
    let (image, row) = line.quotientAndRemainder(dividingBy: height)
    return (image * paddedHeight + top + row) * paddedCount + leftCount
  }
}
