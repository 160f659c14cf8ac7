extension InkComponents {
  /// The lines of ruled or squared paper: those from border to border, and where there are such,
  /// also shorter ones of their kind that end at a stroke.
  var linesOfPaper: RuledLines {
    guard min(width, height) >= 24 else { return RuledLines() }
    let thickness = max(2, min(width, height) / 32)
    var lines = RuledLines()
    for part in components { lines.add(longLines(of: part, thickness: thickness)) }
    guard lines.count > 1 || !lines.across.isEmpty else { return RuledLines() }
    let usual = (lines.across + lines.down).map { $0.thickness }.sorted()[lines.count / 2]
    let (hasAcross, hasDown) = (!lines.across.isEmpty, !lines.down.isEmpty)
    for part in components where isAtBorder(part) {
      let all = RuledLines(
        of: part, in: self, thickness: usual + 1, leastLength: max(width, height) / 12)
      lines.add(
        all.filtered {
          hasAcross && ($0.span.lowerBound == 0 || $0.span.upperBound == width)
        } down: {
          hasDown && ($0.span.lowerBound == 0 || $0.span.upperBound == height)
        })
    }
    lines.reachBorders(width: width, height: height, within: 2 * usual + 2)
    return lines
  }

  /// The lines of printed frames around digits, such as a form's cells, one or many in a row.
  var linesOfFrames: RuledLines {
    var frames = RuledLines()
    for part in components { frames.add(frameLines(of: part)) }
    return frames
  }

  /// The lines of a part that is a frame; none where it is not.
  func frameLines(of part: Component) -> RuledLines {
    let box = part.box
    let (columns, rows) = (box.columns.count, box.rows.count)
    guard min(columns, rows) >= 16, hasInkAtAllSides(part) else { return RuledLines() }
    let lines = RuledLines(
      of: part, in: self, thickness: max(2, min(columns, rows) / 12),
      leastLength: 17 * min(columns, rows) / 20
    ).filtered {
      20 * $0.span.count >= 17 * columns
    } down: {
      20 * $0.span.count >= 17 * rows
    }
    guard lines.across.count >= 2, lines.down.count >= 2 else { return RuledLines() }
    // An empty frame may be a 0 as clocks have it.
    let isFilled = components.contains { other in
      other.label != part.label && other.box.clamped(to: box) == other.box
        && 10 * other.box.rows.count >= 3 * rows
    }
    return isFilled || 5 * lines.area <= 4 * part.area ? lines : RuledLines()
  }

  /// Whether nearly every column of a part's box has ink at its top and at its bottom, and every row
  /// at its left and at its right.
  private func hasInkAtAllSides(_ part: Component) -> Bool {
    let (columns, rows) = (part.box.columns, part.box.rows)
    func isInk(_ column: Int, _ row: Int) -> Bool { labels[row * width + column] == part.label }
    let (high, wide) = (rows.count / 7, columns.count / 7)
    let upright = columns.count { column in
      rows.prefix(high).contains { isInk(column, $0) }
        && rows.suffix(high).contains { isInk(column, $0) }
    }
    guard 20 * upright >= 17 * columns.count else { return false }
    let level = rows.count { row in
      columns.prefix(wide).contains { isInk($0, row) }
        && columns.suffix(wide).contains { isInk($0, row) }
    }
    return 20 * level >= 17 * rows.count
  }

  /// The lines of a part that goes from border to border, or nearly so.
  func longLines(of part: Component, thickness: Int) -> RuledLines {
    let (columns, rows) = (part.box.columns.count, part.box.rows.count)
    // What is nothing but a line may be a broken one, but upright it is rather a 1.
    let isAcross = columns * 20 >= width * (rows * 12 < height ? 14 : 19)
    let isDown = rows * 20 >= height * 19
    guard isAcross || isDown else { return RuledLines() }
    let lines = RuledLines(
      of: part, in: self, thickness: thickness, leastLength: 2 * min(width, height) / 5
    ).filtered {
      isAcross && 5 * $0.span.count >= 2 * width && !$0.isBow
    } down: {
      isDown && 5 * $0.span.count >= 2 * height && !$0.isBow
    }
    guard isAcross && isDown else { return lines }
    // A digit that fills the picture has bars itself, most of them along the border.
    let inner = lines.filtered {
      !$0.isAlongBorder(of: height)
    } down: {
      !$0.isAlongBorder(of: width)
    }
    return inner.count < 3 ? RuledLines() : lines
  }
}
