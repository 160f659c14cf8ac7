/// Lines with round ends and joints, drawn at once: where they meet nothing is covered twice.
struct Strokes {
  /// Each is the points of one line.
  var lines: [[Point]] = []

  init(_ lines: [[Point]] = []) {
    self.lines = lines
  }
}

extension Canvas {
  mutating func stroke(_ strokes: Strokes, _ colour: Colour, lineWidth: Double) {
    let points = strokes.lines.joined()
    guard let first = points.first else { return }
    var (least, most) = (first, first)
    for point in points {
      least = Point(min(least.x, point.x), min(least.y, point.y))
      most = Point(max(most.x, point.x), max(most.y, point.y))
    }
    let reach = lineWidth / 2 + 1
    let columns = clamped(least.x - reach, most.x + reach, to: width)
    let rows = clamped(least.y - reach, most.y + reach, to: height)
    var coverage = Coverage(columns: columns, rows: rows)
    for line in strokes.lines {
      for index in line.indices {
        coverage.add(from: line[max(0, index - 1)], to: line[index], lineWidth: lineWidth)
      }
    }
    for row in rows {
      for column in columns {
        blend(colour, column: column, row: row, coverage: coverage[column, row])
      }
    }
  }
}

/// How much of each pixel lines cover.
private struct Coverage {
  let columns: Range<Int>
  let rows: Range<Int>
  private var values: [Double]

  init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
    values = [Double](repeating: 0, count: columns.count * rows.count)
  }

  subscript(column: Int, row: Int) -> Double {
    values[(row - rows.lowerBound) * columns.count + column - columns.lowerBound]
  }

  mutating func add(from start: Point, to end: Point, lineWidth: Double) {
    let reach = lineWidth / 2 + 1
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squaredLength = dx * dx + dy * dy
    for row in near(start.y, end.y, reach, rows) {
      for column in near(start.x, end.x, reach, columns) {
        let (x, y) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
        let along = squaredLength > 0 ? max(0, min(1, (x * dx + y * dy) / squaredLength)) : 0
        let (awayX, awayY) = (x - along * dx, y - along * dy)
        let distance = (awayX * awayX + awayY * awayY).squareRoot()
        let index = (row - rows.lowerBound) * columns.count + column - columns.lowerBound
        values[index] = max(values[index], smoothEdge(distance - lineWidth / 2))
      }
    }
  }

  private func near(_ a: Double, _ b: Double, _ reach: Double, _ range: Range<Int>) -> Range<Int> {
    let first = Int(max(Double(range.lowerBound), (min(a, b) - reach).rounded(.down)))
    let last = Int(min(Double(range.upperBound), (max(a, b) + reach).rounded(.up)))
    return first..<max(first, last)
  }
}
