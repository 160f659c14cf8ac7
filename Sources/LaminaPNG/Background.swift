/// What a picture's paper looks like, judged by its border, and how its ink differs from it.
struct Background {
  /// The grey of the paper: the median of the border, which a digit that touches it cannot shift.
  let level: UInt8
  /// How far the border's pixels typically lie from `level`, in greys (median of the distances).
  let noise: UInt8
  /// Whether the ink is lighter than the paper.
  let isInkLight: Bool
  /// The distance of the most distant ink pixel from `level`, in greys.
  let contrast: UInt8

  /// Judges a picture by its border and by the greys of all its pixels.
  init(of image: GreyImage) {
    let border = Histogram(Self.border(of: image))
    let level = border.median
    self.level = level
    noise = border.medianDistance(from: level)

    // Ink has the greater part of the squared distances: it may cover fewer pixels than a shadow,
    // but lies farther off.
    let all = Histogram(image.pixels)
    isInkLight = all.squaredDistances(above: level) >= all.squaredDistances(below: level)
    contrast = isInkLight ? all.maximum - level : level - all.minimum
  }

  private static func border(of image: GreyImage) -> [UInt8] {
    let (width, height) = (image.width, image.height)
    var border = Array(image.pixels.prefix(width)) + Array(image.pixels.suffix(width))
    for row in 0..<height {
      border.append(image.pixels[row * width])
      border.append(image.pixels[row * width + width - 1])
    }
    return border
  }
}

/// How many pixels have each of the 256 greys.
private struct Histogram {
  private var counts = [Int](repeating: 0, count: 256)
  private var total = 0

  init(_ pixels: [UInt8]) {
    for pixel in pixels { counts[Int(pixel)] += 1 }
    total = pixels.count
  }

  var minimum: UInt8 { UInt8(truncatingIfNeeded: counts.firstIndex { $0 > 0 } ?? 0) }

  var maximum: UInt8 { UInt8(truncatingIfNeeded: counts.lastIndex { $0 > 0 } ?? 0) }

  var median: UInt8 {
    var seen = 0
    for (grey, count) in counts.enumerated() {
      seen += count
      if 2 * seen >= total { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }

  func medianDistance(from level: UInt8) -> UInt8 {
    var distances = Histogram([])
    for (grey, count) in counts.enumerated() {
      distances.counts[abs(grey - Int(level))] += count
    }
    distances.total = total
    return distances.median
  }

  func squaredDistances(above level: UInt8) -> Int {
    squaredDistances(from: level, over: Int(level)..<256)
  }

  func squaredDistances(below level: UInt8) -> Int {
    squaredDistances(from: level, over: 0..<Int(level))
  }

  private func squaredDistances(from level: UInt8, over greys: Range<Int>) -> Int {
    greys.reduce(0) { sum, grey in
      let distance = grey - Int(level)
      return sum + counts[grey] * distance * distance
    }
  }
}
