import CSystem

/// The paper's grey along a picture's border, as a plane: grey = level + x * slope + y * slope.
///
/// Pixels of a digit that touches the border are outvoted: each round fits the plane anew to the
/// part of the border that lies nearest.
struct PaperPlane {
  private var level: Float
  private var acrossSlope: Float = 0
  private var downSlope: Float = 0

  init(borderOf image: GreyImage) {
    let border = Self.border(of: image)
    level = Float(GreyHistogram(border.map { $0.z.wholeGrey }).median)
    for _ in 0..<4 {
      let distances = border.map { distance(to: $0) }
      let histogram = GreyHistogram(Self.wholeGreys(of: distances.span))
      let limit = Float(histogram.quantile(0.6)) + 1
      var near: [SIMD3<Float>] = []
      near.reserveCapacity(border.count)
      for index in border.indices where distances[index] <= limit { near.append(border[index]) }
      fit(near)
    }
  }

  /// How far a pixel of the border, (x, y, grey), lies from the plane.
  private func distance(to point: SIMD3<Float>) -> Float {
    abs(point.z - grey(x: point.x, y: point.y))
  }

  func grey(x: Float, y: Float) -> Float { level + acrossSlope * x + downSlope * y }

  /// How a picture's pixels lie around the plane.
  struct Distances {
    /// The sums of the squared distances of the pixels that are lighter, and darker.
    var above: Float = 0
    var below: Float = 0
    /// How many pixels have each absolute distance.
    var histogram = GreyHistogram()
  }

  func distances(in image: GreyImage) -> Distances {
    let differences = differences(from: image)
    var (above, below): (Float, Float) = (0, 0)
    for difference in differences {
      let square = difference * difference
      above += difference > 0 ? square : 0
      below += difference > 0 ? 0 : square
    }
    let distances = Self.wholeGreys(of: differences.span)
    return Distances(above: above, below: below, histogram: GreyHistogram(distances))
  }

  /// The greys of a picture less those of the plane.
  private func differences(from image: GreyImage) -> [Float] {
    let columns = columnLevels(image.width)
    var line = columns
    var differences: [Float] = []
    differences.reserveCapacity(image.pixels.count)
    for row in 0..<image.height {
      let greys = image.pixels.span.extracting(row * image.width..<(row + 1) * image.width)
      let level = downSlope * Float(row)
      for column in 0..<min(line.count, columns.count, greys.count) {
        line[column] = Float(greys[column]) - (columns[column] + level)
      }
      differences += line
    }
    return differences
  }

  /// Whether the whole picture's paper, not only its border, lies near the plane: flat paper needs
  /// no closer look.
  func isFlatPaper(of image: GreyImage, _ distances: Distances) -> Bool {
    let limit = max(Float(distances.histogram.greatest(rank: 8)) / 16, 2)
    let distancesOfBorder = Self.border(of: image).map { distance(to: $0) }
    let border = GreyHistogram(Self.wholeGreys(of: distancesOfBorder.span))
    return Float(border.quantile(0.98)) <= limit && Float(distances.histogram.median) <= limit
  }

  /// The plane as a picture.
  func picture(width: Int, height: Int) -> GreyImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    let columns = columnLevels(width)
    var line = [UInt8](repeating: 0, count: width)
    for row in 0..<height {
      let level = downSlope * Float(row)
      for column in 0..<min(line.count, columns.count) {
        line[column] = (columns[column] + level + 0.5).wholeGrey
      }
      pixels += line
    }
    return GreyImage(rows: height, of: width, pixels: pixels)
  }

  /// The numbers' sizes without their fractions, at most 255.
  private static func wholeGreys(of numbers: Span<Float>) -> [UInt8] {
    var greys = [UInt8](repeating: 0, count: numbers.count)
    var results = greys.mutableSpan
    for index in 0..<min(results.count, numbers.count) {
      results[index] = abs(numbers[index]).wholeGrey
    }
    return greys
  }

  /// What the plane's greys begin with in each column; what goes down adds to it.
  private func columnLevels(_ width: Int) -> [Float] {
    (0..<width).map { level + acrossSlope * Float($0) }
  }

  /// At most about 500 pixels of the border, evenly taken: (x, y, grey).
  private static func border(of image: GreyImage) -> [SIMD3<Float>] {
    let (width, height) = (image.width, image.height)
    var border: [SIMD3<Float>] = []
    func add(_ x: Int, _ y: Int) {
      border.append(SIMD3(Float(x), Float(y), Float(image.pixels[y * width + x])))
    }
    let step = max(1, 2 * (width + height) / 500)
    border.reserveCapacity(2 * (width + height) / step + 4)
    for x in stride(from: 0, to: width, by: step) {
      add(x, 0)
      add(x, height - 1)
    }
    for y in stride(from: 0, to: height, by: step) {
      add(0, y)
      add(width - 1, y)
    }
    return border
  }

  /// Least squares; where the points lie on a line, the plane stays level across it.
  private mutating func fit(_ points: [SIMD3<Float>]) {
    let count = Float(max(points.count, 1))
    var mean = SIMD3<Float>()
    for point in points { mean += point / count }
    var (xx, xy, yy, xg, yg): (Float, Float, Float, Float, Float) = (1e-3, 0, 1e-3, 0, 0)
    for point in points {
      let offset = point - mean
      let (x, y, grey) = (offset.x, offset.y, offset.z)
      xx += x * x
      xy += x * y
      yy += y * y
      xg += x * grey
      yg += y * grey
    }
    let determinant = xx * yy - xy * xy
    guard !points.isEmpty, determinant > 0 else { return }
    acrossSlope = (xg * yy - yg * xy) / determinant
    downSlope = (yg * xx - xg * xy) / determinant
    level = mean.z - acrossSlope * mean.x - downSlope * mean.y
  }
}

extension Float {
  /// The grey that is the number without its fraction, at most 255 and at least 0, by arithmetic
  /// that works on many at once.
  fileprivate var wholeGrey: UInt8 {
    let atMost = self < 255 ? self : 255
    let limited = atMost > 0 ? atMost : 0
    // So large a number has no fraction: it is rounded, perhaps upwards, and ends in the grey's bits.
    let rounded = limited + 0x1p23
    let isMore = rounded - 0x1p23 > limited
    return UInt8(truncatingIfNeeded: rounded.bitPattern) &- (isMore ? 1 : 0)
  }
}
