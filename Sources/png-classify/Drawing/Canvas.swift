import Lamina
import LaminaPNG

/// A picture that is drawn: white at first, with smooth edges.
struct Canvas {
  let width: Int
  let height: Int
  /// Row by row from the top: red, green, blue.
  private(set) var pixels: [UInt8]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [UInt8](repeating: 255, count: 3 * width * height)
  }

  /// - Throws: `.outOfMemory`
  func png() throws(LaminaError) -> [UInt8] {
    try PNGEncoder.encode(width: width, height: height, channels: 3, pixels: pixels)
  }

  /// Mixes a colour into a pixel; one outside of the canvas is nothing.
  ///
  /// - Parameter coverage: 0 leaves the pixel as it is, 1 replaces it.
  mutating func blend(_ colour: Colour, column: Int, row: Int, coverage: Double) {
    guard coverage > 0, column >= 0, column < width, row >= 0, row < height else { return }
    let index = 3 * (row * width + column)
    func mix(_ channel: Int, _ value: UInt8) {
      let old = Double(pixels[index + channel])
      pixels[index + channel] = UInt8((old + (Double(value) - old) * min(1, coverage)).rounded())
    }
    mix(0, colour.red)
    mix(1, colour.green)
    mix(2, colour.blue)
  }

  /// Fills a rectangle, whose corners may be round.
  mutating func fill(
    _ frame: Frame, _ colour: Colour, radius: Double = 0, opacity: Double = 1
  ) {
    blend(colour, around: frame) { point in
      opacity * smoothEdge(distance(of: point, to: frame, radius: radius))
    }
  }

  /// Draws a rectangle's edge, half of the line inside and half outside.
  mutating func outline(
    _ frame: Frame, _ colour: Colour, lineWidth: Double = 1, radius: Double = 0
  ) {
    blend(colour, around: frame, margin: lineWidth) { point in
      smoothEdge(abs(distance(of: point, to: frame, radius: radius)) - lineWidth / 2)
    }
  }

  /// Fills what of a frame lies outside of another.
  mutating func dim(_ frame: Frame, outside hole: Frame, _ colour: Colour, opacity: Double) {
    blend(colour, around: frame) { point in
      opacity
        * min(
          smoothEdge(distance(of: point, to: frame, radius: 0)),
          smoothEdge(-distance(of: point, to: hole, radius: 0)))
    }
  }

  /// - Parameter coverage: of the pixel whose middle is given.
  private mutating func blend(
    _ colour: Colour, around frame: Frame, margin: Double = 1, coverage: (Point) -> Double
  ) {
    for row in clamped(frame.y - margin, frame.bottom + margin, to: height) {
      for column in clamped(frame.x - margin, frame.right + margin, to: width) {
        let point = Point(Double(column) + 0.5, Double(row) + 0.5)
        blend(colour, column: column, row: row, coverage: coverage(point))
      }
    }
  }

  /// The pixels from one place to another, as far as they are on the canvas.
  func clamped(_ from: Double, _ to: Double, to count: Int) -> Range<Int> {
    let last = Int(max(0, min(Double(count), to.rounded(.up))))
    let first = Int(max(0, min(Double(last), from.rounded(.down))))
    return first..<last
  }
}

/// How much of a pixel lies inside of a shape whose edge is so far from its middle; below 0 the
/// middle is inside.
func smoothEdge(_ distance: Double) -> Double {
  max(0, min(1, 0.5 - distance))
}

/// The distance of a point to a rectangle's edge, below 0 inside.
private func distance(of point: Point, to frame: Frame, radius: Double) -> Double {
  let radius = min(radius, frame.width / 2, frame.height / 2)
  let x = abs(point.x - frame.middle.x) - (frame.width / 2 - radius)
  let y = abs(point.y - frame.middle.y) - (frame.height / 2 - radius)
  let outside = (max(0, x) * max(0, x) + max(0, y) * max(0, y)).squareRoot()
  return outside + min(0, max(x, y)) - radius
}
