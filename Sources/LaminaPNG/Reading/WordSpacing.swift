/// Tells the gaps between a page's words from those between its digits.
struct WordSpacing {
  /// Of each line's digits, which begin a word: those behind a wall of a table or behind a gap that
  /// is wide beside their height, and beside the line's other gaps.
  let wordBeginnings: [[Bool]]

  /// The room between two digits of a line.
  private struct Gap {
    /// In pixels.
    let width: Int
    let place: CellWalls.Place
  }

  /// - Parameters:
  ///   - lines: the digits' boxes of each line, from the left.
  ///   - signs: points, commas, minus and plus signs, which end no word.
  ///   - walls: the lines that go down between digits.
  init(of lines: [[PixelBox]], signs: [PixelBox], walls: [RuledLines.Line] = []) {
    let walls = CellWalls(walls, around: lines)
    let heights = lines.map { max(Self.median($0.map { $0.rows.count }), 1) }
    let gaps = zip(lines, heights).map { boxes, height in
      zip(boxes, boxes.dropFirst()).map { left, right in
        let width = Self.gap(between: left, right, height: height, signs)
        return Gap(width: width, place: walls.place(of: left, right))
      }
    }
    let places = gaps.flatMap { $0.map { $0.place } }
    let walled = places.count { $0 == .walled }
    // A form has a cell for each digit, a table one for each number.
    let isTable = walled > 0 && 2 * places.count { $0 == .inCell } >= walled
    func isWall(_ gap: Gap) -> Bool { isTable && gap.place == .walled }

    // In hundredths of the digits' height, as those below are.
    let widths = zip(gaps, heights).flatMap { gaps, height in
      gaps.filter { !isWall($0) }.map { 100 * $0.width / height }
    }
    let usual = Self.median(widths)
    let spread = Self.median(widths.map { abs($0 - usual) })
    // What may be a gap between words. Print is even, and its words stand close; a number fills a
    // cell alone.
    let even = widths.count < 4 ? 42 : max(30, min(usual + 37 * spread / 10 + 10, 42))
    let narrowest = isTable ? 60 : even
    // What surely is one. Where digits stand apart, as in cells, words do so the more.
    let isForm = walled > 0 && !isTable
    let widest = isForm || (widths.count >= 4 && usual >= 55) ? 140 : 90

    wordBeginnings = lines.indices.map { line in
      let (height, gaps) = (heights[line], gaps[line])
      let median = Self.median(gaps.filter { !isWall($0) }.map { $0.width })
      let space = max(narrowest * height, min(200 * median, widest * height))
      return lines[line].isEmpty ? [] : [true] + gaps.map { isWall($0) || 100 * $0.width > space }
    }
  }

  /// The gap between two digits, the widest where signs stand in it. A 1 counts as if it were as
  /// wide as half of its height: print leaves it that room, and so do cells.
  private static func gap(
    between left: PixelBox, _ right: PixelBox, height: Int, _ signs: [PixelBox]
  ) -> Int {
    let missing = [left, right].map { max(0, height / 2 - $0.columns.count) / 2 }
    let lines = left.union(right).rows
    let depth = lines.upperBound + height / 3
    var begin = left.columns.upperBound + missing[0]
    let end = right.columns.lowerBound - missing[1]
    var widest = 0
    let between = signs.filter { sign in
      sign.columns.lowerBound >= left.columns.upperBound - height / 8
        && sign.columns.upperBound <= right.columns.lowerBound + height / 8
        && sign.rows.lowerBound >= lines.lowerBound && sign.rows.upperBound <= depth
    }
    for sign in between.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
      widest = max(widest, sign.columns.lowerBound - begin)
      begin = max(begin, sign.columns.upperBound)
    }
    return max(widest, end - begin)
  }

  private static func median(_ numbers: [Int]) -> Int {
    numbers.sorted().dropFirst(numbers.count / 2).first ?? 0
  }
}
