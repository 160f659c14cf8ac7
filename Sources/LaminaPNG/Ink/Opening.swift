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

  var inverted: GreyImage { map { 255 - $0 } }

  private func rowMinima(radius: Int) -> GreyImage {
    let wide = width + 2 * radius
    var padded = [UInt8](repeating: 255, count: wide * height)
    for row in 0..<height {
      padded.replace(at: row * wide + radius, with: pixels, from: row * width, count: width)
    }
    let minima = Self.minima(of: padded, window: 2 * radius + 1, step: 1)
    var result = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<height {
      result.replace(at: row * width, with: minima, from: row * wide, count: width)
    }
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
    let count = max(pixels.count - distance, 0)
    var minima = [UInt8](repeating: 0, count: count)
    var results = minima.mutableSpan
    let first = pixels.span.extracting(first: count)
    let second = pixels.span.extracting(last: count)
    for index in 0..<min(results.count, first.count, second.count) {
      results[index] = min(first[index], second[index])
    }
    return minima
  }
}
