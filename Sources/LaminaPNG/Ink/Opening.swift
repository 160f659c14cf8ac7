/// Minima and maxima over square windows.
///
/// M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and
/// octagonal kernels", 1992: three comparisons a pixel and axis, whatever the window.
extension GreyImage {
  /// The picture without its light parts that are narrower than `2 * radius + 1` pixels: the
  /// minimum over square windows, then the maximum. Ramps and large steps stay as they are.
  func opening(radius: Int) -> GreyImage { minima(radius: radius).maxima(radius: radius) }

  func maxima(radius: Int) -> GreyImage {
    inverted.minima(radius: radius).inverted
  }

  /// The least grey within `radius` pixels along both axes; windows end at the border.
  func minima(radius: Int) -> GreyImage {
    guard radius > 0 else { return self }
    return columnMinima(radius: min(radius, height))
      .transposed.columnMinima(radius: min(radius, width)).transposed
  }

  var inverted: GreyImage {
    GreyImage(rows: height, of: width, pixels: pixels.map { 255 - $0 })
  }

  /// Columns as rows: what goes down a picture does so for whole rows of pixels at once.
  private var transposed: GreyImage {
    var result = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<height {
      for column in 0..<width { result[column * height + row] = pixels[row * width + column] }
    }
    return GreyImage(rows: width, of: height, pixels: result)
  }

  private func columnMinima(radius: Int) -> GreyImage {
    let window = 2 * radius + 1
    var forward = pixels
    var backward = pixels
    for row in 1..<max(height, 1) where row % window != 0 {
      for place in row * width..<(row + 1) * width {
        forward[place] = min(forward[place], forward[place - width])
      }
    }
    for row in stride(from: height - 2, through: 0, by: -1) where (row + 1) % window != 0 {
      for place in row * width..<(row + 1) * width {
        backward[place] = min(backward[place], backward[place + width])
      }
    }
    var result = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<height {
      let from = max(row - radius, 0)
      let last = min(row + radius, height - 1)
      let sameBlock = from / window == last / window
      for column in 0..<width {
        let beginning = forward[last * width + column]
        let rest = backward[from * width + column]
        // Within one block, cut at an end: at the beginning `forward` covers it, else `backward`.
        let covered = sameBlock ? (from == 0 ? beginning : rest) : min(beginning, rest)
        result[row * width + column] = covered
      }
    }
    return GreyImage(rows: height, of: width, pixels: result)
  }
}
