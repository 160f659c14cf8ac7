/// Minima and maxima over square windows.
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
    return rowMinima(radius: min(radius, width)).columnMinima(radius: min(radius, height))
  }

  var inverted: GreyImage {
    var pixels = pixels
    for index in pixels.indices { pixels[index] = 255 - pixels[index] }
    return GreyImage(rows: height, of: width, pixels: pixels)
  }

  private func rowMinima(radius: Int) -> GreyImage {
    let margin = [UInt8](repeating: 255, count: radius)
    let wide = width + 2 * radius
    var padded: [UInt8] = []
    padded.reserveCapacity(wide * height)
    for row in 0..<height {
      padded += margin
      padded += pixels[row * width..<(row + 1) * width]
      padded += margin
    }
    let minima = Self.minima(of: padded, window: 2 * radius + 1, step: 1)
    var result: [UInt8] = []
    result.reserveCapacity(pixels.count)
    for row in 0..<height { result += minima[row * wide..<row * wide + width] }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  private func columnMinima(radius: Int) -> GreyImage {
    let margin = [UInt8](repeating: 255, count: radius * width)
    return GreyImage(
      rows: height, of: width,
      pixels: Self.minima(of: margin + pixels + margin, window: 2 * radius + 1, step: width))
  }

  /// The least of each pixel and those at `step`, 2 * `step` ... behind it, `window` in all.
  ///
  /// The windows double until two of them, which overlap, cover one that is as large as asked for.
  private static func minima(of pixels: [UInt8], window: Int, step: Int) -> [UInt8] {
    var minima = pixels
    var covered = 1
    while covered < window {
      let more = min(covered, window - covered)
      minima = pairMinima(of: minima, distance: more * step)
      covered += more
    }
    return minima
  }

  /// The lesser of each pixel and the one so far behind it, of all that have one.
  private static func pairMinima(of pixels: [UInt8], distance: Int) -> [UInt8] {
    var minima = [UInt8](repeating: 0, count: max(pixels.count - distance, 0))
    for index in minima.indices { minima[index] = min(pixels[index], pixels[index + distance]) }
    return minima
  }
}
