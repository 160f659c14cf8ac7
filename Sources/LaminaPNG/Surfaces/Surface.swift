/// A surface of its own in a picture, on which the digit may stand: a sheet of paper on a table, a
/// sign on a wall, a key of a keyboard. At first sight it is ink itself, and the most of it.
struct Surface {
  /// What is on it.
  enum Content { case nothing, strokes, other }

  let content: Content
  /// Where it is.
  let box: PixelBox
  /// The columns that it has in each row of its box.
  let rows: [Range<Int>]
  /// Without what is on it.
  let meanGrey: Int
  /// With what is on it, in pixels.
  let area: Int
  /// Whether it has four sides, and is not round.
  let isRectangle: Bool
  /// Whether it is at least half as wide as long, as no stroke is.
  let isBroad: Bool
  /// Whether it is the whole picture.
  let isWhole: Bool
  /// Whether there is something else at all its sides.
  let isInside: Bool

  /// Looks at a part of a picture.
  ///
  /// Of a rectangle, however it lies, compactness is 12, of discs and rounded squares it is more,
  /// and of digits only a 0's and an 8's come near: what they enclose is compact, too, as what is
  /// written is not.
  ///
  /// - Returns: nil where the part is neither a rectangle nor round, or too small: less than a
  ///   quarter as long as the picture, unless it is a page's cell.
  init?(
    _ part: InkComponents.Component, in parts: InkComponents, of picture: GreyImage,
    for subject: SurfaceSearch.Subject = .digit
  ) {
    let isLong = 4 * part.box.longerSide >= max(parts.width, parts.height)
    guard Self.isSolid(part), isLong || subject == .cell else { return nil }
    let holes = SurfaceHoles(in: part, of: parts, picture)
    let (compactness, roundness) = (holes.outline.compactness, holes.outline.roundness)
    let difference = abs(compactness - 12)
    isRectangle = difference < 0.1
    isBroad = roundness > 0.5
    let isRound = compactness >= 12 && roundness > 0.85
    guard isRound || (isRectangle && roundness > 0.3) else { return nil }
    box = part.box
    rows = holes.rows
    area = holes.outline.area
    meanGrey = holes.meanGrey
    isWhole = 20 * area >= 19 * parts.width * parts.height
    isInside = !parts.isAtBorder(part)
    // What is straight may be a 1 on a sheet, or what a 0 encloses.
    let mayBeStraight = (isBroad && difference < 0.05) || roundness > 0.95
    content =
      holes.areStrokes(of: subject, mayBeStraight: mayBeStraight)
      ? .strokes : holes.areSpecks ? .nothing : .other
  }

  /// Whether a part fills so much of its box as a turned sheet does.
  static func isSolid(_ part: InkComponents.Component) -> Bool {
    let (columns, rows) = (part.box.columns.count, part.box.rows.count)
    return min(columns, rows) >= 20 && 5 * part.area >= 2 * columns * rows
  }

  /// The same in a picture of `factor` times as many pixels along each side, without the edges,
  /// which others shade; nil where nothing is left.
  func enlarged(by factor: Int, in image: GreyImage) -> Surface? {
    let edge = 2
    var lines: [Range<Int>] = []
    var inner: PixelBox?
    for index in rows.indices.dropFirst(edge).dropLast(edge) {
      let near = rows[index - edge...index + edge]
      let first = near.reduce(0) { max($0, $1.lowerBound) } + edge
      let end = near.reduce(.max) { min($0, $1.upperBound) } - edge
      guard first < end else {
        if inner == nil { continue }
        break
      }
      let row = box.rows.lowerBound + index
      let line = PixelBox(columns: first..<end, rows: row..<row + 1)
        .enlarged(by: factor, width: image.width, height: image.height)
      lines += line.rows.map { _ in line.columns }
      inner = inner?.union(line) ?? line
    }
    return inner.map { Surface(self, box: $0, rows: lines, area: area * factor * factor) }
  }

  func moved(right: Int, down: Int) -> Surface {
    let lines = rows.map { $0.lowerBound + right..<$0.upperBound + right }
    return Surface(self, box: box.moved(right: right, down: down), rows: lines, area: area)
  }

  private init(_ other: Surface, box: PixelBox, rows: [Range<Int>], area: Int) {
    content = other.content
    self.box = box
    self.rows = rows
    self.area = area
    meanGrey = other.meanGrey
    isRectangle = other.isRectangle
    isBroad = other.isBroad
    isWhole = other.isWhole
    isInside = other.isInside
  }
}

extension GreyImage {
  /// The picture with all that lies in a surface's box, but beside it, painted over with the greys
  /// of its edges.
  func paintedOver(besides surface: Surface) -> GreyImage {
    var result = pixels
    for (row, columns) in zip(surface.box.rows, surface.rows) {
      let line = row * width
      func mean(_ places: Range<Int>) -> UInt8 {
        UInt8(clamping: places.reduce(0) { $0 + Int(pixels[line + $1]) } / max(places.count, 1))
      }
      let (first, last) = (mean(columns.prefix(4)), mean(columns.suffix(4)))
      for column in surface.box.columns.lowerBound..<columns.lowerBound {
        result[line + column] = first
      }
      for column in columns.upperBound..<surface.box.columns.upperBound {
        result[line + column] = last
      }
    }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  /// A surface's box, with what lies beside it painted over.
  func cropped(to surface: Surface) -> GreyImage {
    let box = surface.box
    let alone = surface.moved(right: -box.columns.lowerBound, down: -box.rows.lowerBound)
    return cropped(to: box).paintedOver(besides: alone)
  }
}
