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
    level = Float(GreyHistogram(border.map { $0.grey }).median)
    for _ in 0..<4 {
      let distances = border.map { abs(Float($0.grey) - grey(x: $0.x, y: $0.y)) }
      var histogram = GreyHistogram()
      for distance in distances { histogram.add(UInt8(clamping: Int(distance))) }
      let limit = Float(histogram.quantile(0.6)) + 1
      fit(zip(border, distances).compactMap { $1 <= limit ? $0 : nil })
    }
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
    var distances = Distances()
    var index = 0
    for row in 0..<image.height {
      for column in 0..<image.width {
        let distance = Float(image.pixels[index]) - grey(x: Float(column), y: Float(row))
        index += 1
        if distance > 0 {
          distances.above += distance * distance
        } else {
          distances.below += distance * distance
        }
        distances.histogram.add(UInt8(clamping: Int(abs(distance))))
      }
    }
    return distances
  }

  /// Whether the whole picture's paper, not only its border, lies near the plane: flat paper needs
  /// no closer look.
  func isFlatPaper(of image: GreyImage, _ distances: Distances) -> Bool {
    let limit = max(Float(distances.histogram.greatest(rank: 8)) / 16, 2)
    var border = GreyHistogram()
    for point in Self.border(of: image) {
      border.add(UInt8(clamping: Int(abs(Float(point.grey) - grey(x: point.x, y: point.y)))))
    }
    return Float(border.quantile(0.98)) <= limit && Float(distances.histogram.median) <= limit
  }

  /// The plane as a picture.
  func picture(width: Int, height: Int) -> GreyImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        pixels.append(UInt8(clamping: Int(grey(x: Float(column), y: Float(row)) + 0.5)))
      }
    }
    return GreyImage(rows: height, of: width, pixels: pixels)
  }

  private struct Point {
    let x: Float
    let y: Float
    let grey: UInt8
  }

  /// At most about 500 pixels of the border, evenly taken.
  private static func border(of image: GreyImage) -> [Point] {
    let (width, height) = (image.width, image.height)
    var border: [Point] = []
    func add(_ x: Int, _ y: Int) {
      border.append(Point(x: Float(x), y: Float(y), grey: image.pixels[y * width + x]))
    }
    let step = max(1, 2 * (width + height) / 500)
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
  private mutating func fit(_ points: [Point]) {
    let count = Float(max(points.count, 1))
    let mean = points.reduce((x: Float(0), y: Float(0), grey: Float(0))) {
      ($0.x + $1.x / count, $0.y + $1.y / count, $0.grey + Float($1.grey) / count)
    }
    var (xx, xy, yy, xg, yg): (Float, Float, Float, Float, Float) = (1e-3, 0, 1e-3, 0, 0)
    for point in points {
      let (x, y, grey) = (point.x - mean.x, point.y - mean.y, Float(point.grey) - mean.grey)
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
    level = mean.grey - acrossSlope * mean.x - downSlope * mean.y
  }
}
