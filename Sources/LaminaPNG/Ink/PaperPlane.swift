import CSystem

/// The paper's grey along a picture's border, as a plane: grey = level + x * slope + y * slope.
///
/// Pixels of a digit that touches the border are outvoted: each round fits the plane anew to the
/// part of the border that lies nearest.
struct PaperPlane {
  /// At most about 500 pixels of the border, evenly taken: (x, y, grey).
  private let border: [SIMD3<Float>]
  private var level: Float
  private var acrossSlope: Float = 0
  private var downSlope: Float = 0

  init(borderOf image: GreyImage) {
    border = Self.border(of: image)
    level = Float(GreyHistogram(border.map { $0.z.wholeGrey }).median)
    for _ in 0..<4 {
      let limit = Float(distancesOfBorder.quantile(0.6)) + 1
      var near: [SIMD3<Float>] = []
      near.reserveCapacity(border.count)
      for point in border where distance(to: point) <= limit { near.append(point) }
      fit(near)
    }
  }

  private var distancesOfBorder: GreyHistogram {
    GreyHistogram(border.map { distance(to: $0).wholeGrey })
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
    var (above, below): (Float, Float) = (0, 0)
    let (width, pixels) = (image.width, image.pixels.span)
    let columns = columnLevels(width)
    var differences = columns
    var line = [UInt8](repeating: 0, count: width)
    var distances = [UInt8](repeating: 0, count: pixels.count)
    for row in 0..<image.height {
      let greys = pixels.extracting(row * width..<(row + 1) * width)
      subtract(row, columns.span, from: greys, into: &differences, &line)
      for difference in differences {
        let height = difference > 0 ? difference : 0
        let depth = difference - height
        above += height * height
        below += depth * depth
      }
      distances.replace(at: row * width, with: line, from: 0, count: width)
    }
    return Distances(above: above, below: below, histogram: GreyHistogram(distances))
  }

  /// The greys of a row less those of the plane, and their whole sizes.
  private func subtract(
    _ row: Int, _ columns: Span<Float>, from greys: Span<UInt8>, into differences: inout [Float],
    _ distances: inout [UInt8]
  ) {
    let level = downSlope * Float(row)
    var differences = differences.mutableSpan
    var distances = distances.mutableSpan
    for column in 0..<min(differences.count, distances.count, columns.count, greys.count) {
      let difference = Float(greys[column]) - (columns[column] + level)
      differences[column] = difference
      distances[column] = abs(difference).wholeGrey
    }
  }

  /// Whether the whole picture's paper, not only its border, lies near the plane: flat paper needs
  /// no closer look.
  func isFlatPaper(_ distances: Distances) -> Bool {
    let limit = max(Float(distances.histogram.greatest(rank: 8)) / 16, 2)
    return Float(distancesOfBorder.quantile(0.98)) <= limit
      && Float(distances.histogram.median) <= limit
  }

  /// The plane as a picture.
  func picture(width: Int, height: Int) -> GreyImage {
    var pixels = [UInt8](repeating: 0, count: width * height)
    let columns = columnLevels(width)
    var line = [UInt8](repeating: 0, count: width)
    for row in 0..<height {
      round(row, columns.span, to: &line)
      pixels.replace(at: row * width, with: line, from: 0, count: width)
    }
    return GreyImage(rows: height, of: width, pixels: pixels)
  }

  /// The plane's greys in a row.
  private func round(_ row: Int, _ columns: Span<Float>, to greys: inout [UInt8]) {
    let level = downSlope * Float(row)
    var greys = greys.mutableSpan
    for column in 0..<min(greys.count, columns.count) {
      greys[column] = (columns[column] + level + 0.5).wholeGrey
    }
  }

  /// What the plane's greys begin with in each column; what goes down adds to it.
  private func columnLevels(_ width: Int) -> [Float] {
    (0..<width).map { level + acrossSlope * Float($0) }
  }

  private static func border(of image: GreyImage) -> [SIMD3<Float>] {
    let (width, height, pixels) = (image.width, image.height, image.pixels)
    var border: [SIMD3<Float>] = []
    func add(_ x: Int, _ y: Int) {
      border.append(SIMD3(Float(x), Float(y), Float(pixels[y * width + x])))
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
  /// The grey that is the number without its fraction, at most 255 and at least 0.
  fileprivate var wholeGrey: UInt8 {
    let atMost = self < 255 ? self : 255
    let limited = atMost > 0 ? atMost : 0
    return UInt8(truncatingIfNeeded: laminasystem_whole_part(limited))
  }
}
