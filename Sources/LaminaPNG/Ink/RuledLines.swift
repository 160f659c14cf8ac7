/// Straight thin lines of ink, such as those of ruled paper and of a form's cells.
///
/// A line is followed pixel by pixel along its direction. Where a stroke crosses it, it is no
/// longer thin: those pixels are the stroke's, and the line goes on behind it.
struct RuledLines {
  /// A line that lies across the picture, or goes down it.
  struct Line {
    /// From its first to its last pixel along its direction.
    fileprivate(set) var span: Range<Int>
    /// Its pixels across its direction, at each place where it is thin.
    fileprivate(set) var runs: [(position: Int, pixels: Range<Int>)]

    /// In pixels.
    var thickness: Int { (runs.reduce(0) { $0 + $1.pixels.count } + runs.count - 1) / runs.count }

    /// What half of its runs have or exceed, in pixels.
    var usualThickness: Int { runs.map { $0.pixels.count }.sorted()[runs.count / 2] }

    /// The line without the strokes that it crosses; nil where little of it is as thick as usual.
    var even: Line? {
      let usual = usualThickness
      var line = self
      line.runs = runs.filter { abs($0.pixels.count - usual) <= 1 }
      return 4 * line.runs.count >= 3 * runs.count ? line : nil
    }

    /// Whether it lies inside a box, away from the edges that are along it.
    func isInside(_ box: Range<Int>) -> Bool {
      let margin = box.count / 8
      let inner = box.lowerBound + margin..<box.upperBound - margin
      return runs.allSatisfy { inner.overlaps($0.pixels) }
    }

    /// Its pixels across its direction at the place next to another.
    func pixels(nearest position: Int) -> Range<Int> {
      var (first, end) = (0, runs.count - 1)
      while first < end {
        let middle = (first + end) / 2
        if runs[middle].position < position { first = middle + 1 } else { end = middle }
      }
      return runs[first].pixels
    }

    /// Whether some of it is the first or the last row or column of a picture.
    func isAlongBorder(of length: Int) -> Bool {
      runs.contains { $0.pixels.lowerBound == 0 || $0.pixels.upperBound == length }
    }

    fileprivate init(at position: Int, _ pixels: Range<Int>) {
      span = position..<position + 1
      runs = [(position, pixels)]
    }
  }

  /// Those that lie across the picture.
  private(set) var across: [Line] = []
  /// Those that go down it.
  private(set) var down: [Line] = []

  var isEmpty: Bool { across.isEmpty && down.isEmpty }
  var count: Int { across.count + down.count }
  /// In pixels.
  var area: Int {
    (across + down).reduce(0) { $1.runs.reduce($0) { $0 + $1.pixels.count } }
  }

  /// How many lines are followed side by side, at most: squared paper has fewer, noise more.
  private static let mostOpen = 200

  init() {}

  /// Follows the lines of one component.
  ///
  /// - Parameters:
  ///   - thickness: the most, in pixels.
  ///   - leastLength: in pixels.
  init(
    of part: InkComponents.Component, in components: InkComponents, thickness: Int,
    leastLength: Int
  ) {
    let (columns, rows, width) = (part.box.columns, part.box.rows, components.width)
    across = Self.lines(along: columns, across: rows, thickness: thickness, leastLength) {
      components.labels[$1 * width + $0] == part.label
    }
    down = Self.lines(along: rows, across: columns, thickness: thickness, leastLength) {
      components.labels[$0 * width + $1] == part.label
    }
  }

  /// Those of both that are as asked for.
  func filtered(across isAcross: (Line) -> Bool, down isDown: (Line) -> Bool) -> RuledLines {
    var lines = RuledLines()
    lines.across = across.filter(isAcross)
    lines.down = down.filter(isDown)
    return lines
  }

  /// Those that are as thick as usual nearly everywhere, without the strokes that they cross.
  var even: RuledLines {
    var lines = RuledLines()
    lines.across = across.compactMap { $0.even }
    lines.down = down.compactMap { $0.even }
    return lines
  }

  mutating func add(_ others: RuledLines) {
    across += others.across
    down += others.down
  }

  /// Lets lines go on through those that they cross or end at, where neither is thin.
  mutating func addCrossings() {
    let lines = down
    for row in across {
      for index in down.indices {
        let line = lines[index]
        let columns = line.pixels(
          nearest: row.pixels(nearest: line.runs[0].pixels.lowerBound).lowerBound)
        let rows = row.pixels(nearest: columns.lowerBound)
        guard row.reaches(columns), line.reaches(rows) else { continue }
        for row in rows { down[index].runs.append((row, columns)) }
      }
    }
    for index in down.indices { down[index].runs.sort { $0.position < $1.position } }
  }

  /// Lets lines that end within so many pixels of the border go on to it.
  mutating func reachBorders(width: Int, height: Int, within distance: Int) {
    for index in across.indices { across[index].reachBorder(at: width, within: distance) }
    for index in down.indices { down[index].reachBorder(at: height, within: distance) }
  }

  private static func lines(
    along: Range<Int>, across: Range<Int>, thickness: Int, _ leastLength: Int,
    isInk: (Int, Int) -> Bool
  ) -> [Line] {
    let widestGap = max(4 * thickness, along.count / 8)
    var ended: [Line] = []
    var open: [Line] = []
    for position in along {
      // A line may go on behind a stroke, but not behind one that is wider than it is long.
      func hasEnded(_ line: Line) -> Bool {
        position - line.span.upperBound > min(widestGap, line.runs.count)
      }
      ended += open.filter { hasEnded($0) && $0.span.count >= leastLength }
      open.removeAll(where: hasEnded)
      for run in runs(across: across, isInk: { isInk(position, $0) }) where run.count <= thickness {
        if let index = open.firstIndex(where: { $0.isContinued(by: run, at: position) }) {
          open[index].add(run, at: position)
        } else if open.count < mostOpen {
          open.append(Line(at: position, run))
        }
      }
    }
    return (ended + open).filter { $0.span.count >= leastLength && $0.isStraight }
  }

  /// The runs of ink across the lines' direction.
  private static func runs(across: Range<Int>, isInk: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first: Int?
    for index in across {
      if isInk(index) {
        first = first ?? index
      } else if let begin = first {
        runs.append(begin..<index)
        first = nil
      }
    }
    if let begin = first { runs.append(begin..<across.upperBound) }
    return runs
  }
}

extension RuledLines.Line {
  fileprivate mutating func add(_ pixels: Range<Int>, at position: Int) {
    // The short gap where another line crosses is the line's as well.
    if let last = runs.last, position > span.upperBound,
      position - span.upperBound <= last.pixels.count + 2
    {
      for gap in span.upperBound..<position { runs.append((gap, last.pixels)) }
    }
    runs.append((position, pixels))
    span = span.lowerBound..<position + 1
  }

  fileprivate mutating func reachBorder(at length: Int, within distance: Int) {
    guard let first = runs.first?.pixels, let last = runs.last?.pixels else { return }
    if span.lowerBound <= distance {
      for position in 0..<span.lowerBound { runs.append((position, first)) }
      span = 0..<span.upperBound
    }
    if length - span.upperBound <= distance {
      for position in span.upperBound..<length { runs.append((position, last)) }
      span = span.lowerBound..<length
    }
  }

  /// Whether it goes on to some places along its direction, or ends next to them.
  fileprivate func reaches(_ places: Range<Int>) -> Bool {
    places.lowerBound <= span.upperBound + 2 && places.upperBound >= span.lowerBound - 2
  }

  /// Whether a run of ink goes on where the line ends; behind a stroke it may have climbed or
  /// fallen by a pixel in eight.
  fileprivate func isContinued(by run: Range<Int>, at position: Int) -> Bool {
    guard let end = runs.last?.pixels, position >= span.upperBound else { return false }
    let drift = 1 + (position - span.upperBound) / 8
    return run.lowerBound < end.upperBound + drift && run.upperBound > end.lowerBound - drift
  }

  /// Whether most of it has ink, and it climbs or falls by no more than a pixel in eight.
  fileprivate var isStraight: Bool {
    guard let first = runs.first?.pixels, let last = runs.last?.pixels else { return false }
    return 2 * runs.count >= span.count
      && 8 * abs(last.lowerBound - first.lowerBound) <= span.count + 8
  }

  /// Whether it bends as a digit's bow does: on average by more than a pixel and a sixty-fourth of
  /// its length, as much as photographed paper may.
  var isBow: Bool {
    guard let first = runs.first, let last = runs.last else { return false }
    // Of twice the runs' middles.
    func middle(_ run: Range<Int>) -> Int { run.lowerBound + run.upperBound }
    let (start, length) = (middle(first.pixels), max(last.position - first.position, 1))
    let rise = middle(last.pixels) - start
    let bend = runs.reduce(0) { sum, run in
      let chord = start * length + rise * (run.position - first.position)
      return sum + abs(middle(run.pixels) * length - chord)
    }
    return 32 * bend > (64 + length) * length * runs.count
  }
}

extension GreyImage {
  /// The picture with its lines painted over, with the greys to both sides of them.
  func paintedOver(_ lines: RuledLines) -> GreyImage {
    var result = pixels
    let (width, height) = (width, height)
    for line in lines.across {
      for (column, rows) in line.runs {
        paint(&result, over: rows, of: height) { $0 * width + column }
      }
    }
    for line in lines.down {
      for (row, columns) in line.runs {
        paint(&result, over: columns, of: width) { row * width + $0 }
      }
    }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  /// Fills a run, and a pixel that it shades on each side, with what lies between the greys there.
  private func paint(
    _ result: inout [UInt8], over run: Range<Int>, of length: Int, place: (Int) -> Int
  ) {
    let (before, after) = (run.lowerBound - 2, run.upperBound + 1)
    let first = result[place(before >= 0 ? before : min(after, length - 1))]
    let last = result[place(after < length ? after : max(before, 0))]
    for index in max(before + 1, 0)..<min(after, length) {
      let share = index - before
      let whole = after - before
      let grey = (Int(first) * (whole - share) + Int(last) * share + whole / 2) / whole
      result[place(index)] = UInt8(clamping: grey)
    }
  }
}
