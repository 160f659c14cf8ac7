/// Letters as strokes of a pen: a capital is 10 high, a small letter 7, the base line is at 10,
/// and y goes down. So they can be drawn in any size.
struct Glyph {
  let width: Double
  let strokes: Strokes

  /// How far the pen is moved between two letters.
  static let gap = 2.5

  /// Reads strokes in a short form of SVG's paths, without letters but these:
  /// - `M x y` begins a stroke, `L x y` is a straight line;
  /// - `C x y x y x y` is a cubic Bézier curve;
  /// - `h x y` is a quarter of an ellipse that leaves horizontally and arrives vertically,
  ///   `v x y` one that leaves vertically and arrives horizontally.
  init(_ width: Double, _ path: String) {
    self.width = width
    var lines: [[Point]] = []
    var words = path.split(separator: " ")[...]
    func number() -> Double { words.popFirst().flatMap { Double($0) } ?? 0 }
    func point() -> Point {
      let x = number()
      return Point(x, number())
    }
    while let command = words.popFirst() {
      let start = lines.last?.last ?? Point(0, 0)
      let points: [Point]
      switch command {
      case "C":
        let first = point()
        let second = point()
        points = curve(from: start, first, second, to: point())
      case "h":
        let end = point()
        points = curve(
          from: start, between(Point(end.x, start.y), start), between(Point(end.x, start.y), end),
          to: end)
      case "v":
        let end = point()
        points = curve(
          from: start, between(Point(start.x, end.y), start), between(Point(start.x, end.y), end),
          to: end)
      default: points = [point()]
      }
      if command == "M" {
        lines.append(points)
      } else if !lines.isEmpty {
        lines[lines.count - 1] += points
      }
    }
    strokes = Strokes(lines)
  }
}

/// Where a quarter of an ellipse has its control point, seen from the corner.
private func between(_ corner: Point, _ end: Point) -> Point {
  let part = 0.4477
  return Point(corner.x + part * (end.x - corner.x), corner.y + part * (end.y - corner.y))
}

/// The points of a cubic Bézier curve, without its first.
private func curve(from start: Point, _ a: Point, _ b: Point, to end: Point) -> [Point] {
  let pieces = 10
  return (1...pieces).map { piece in
    let t = Double(piece) / Double(pieces)
    let (p, q, r, s) = (
      (1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t
    )
    return Point(
      p * start.x + q * a.x + r * b.x + s * end.x, p * start.y + q * a.y + r * b.y + s * end.y)
  }
}
