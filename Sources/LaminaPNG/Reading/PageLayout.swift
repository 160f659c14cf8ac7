import Lamina

/// How a page's ink falls into characters, and these into lines.
struct PageLayout {
  /// The parts of ink that make one character, or several that touch.
  struct Character {
    var parts: [InkComponents.Component]
    var box: PixelBox
  }

  /// From the top, each from the left.
  let lines: [[Character]]
  /// What belongs to no digit: points, commas, minus and plus signs.
  let signs: [PixelBox]

  /// A part that is lower than this share of a usual digit is no digit, but a broken piece of one,
  /// a hyphen, a point or a speck.
  private static let leastHeight: Float = 0.25
  /// Digits that are lower than this share of a usual one come in lines of several.
  private static let lonelyHeight: Float = 0.4
  /// A part that is smaller than this share of a usual digit is a speck.
  private static let leastSide: Float = 0.08
  /// A part that is higher is a rule or a picture.
  private static let mostHeight: Float = 3.5

  /// A thin line from top to bottom that is higher is a notebook's margin, and no 1.
  private static let leastMargin: Float = 1.5

  /// More parts than a page has digits: a pattern.
  private static let mostParts = 5_000

  /// - Throws: `.noDigit` where there are too many parts.
  init(of components: InkComponents) throws(LaminaError) {
    let others = components.components.filter { !Self.isMargin($0, in: components) }
    let height = Self.usualHeight(of: others.isEmpty ? components.components : others)
    let parts = try Self.written(of: components, height: height)
    let low = parts.filter { Float($0.box.rows.count) < Self.leastHeight * height }
    let tall = parts.filter { Float($0.box.rows.count) >= Self.leastHeight * height }
    let pluses = tall.filter { Self.isPlus($0, in: components) }
    let digits = tall.filter { !Self.isPlus($0, in: components) }
    var characters = digits.map { Character(parts: [$0], box: $0.box) }
    characters.sort(by: Self.beginsFartherLeft)
    Self.merge(&characters)
    var signs = pluses.map { $0.box } + Self.add(low, to: &characters)
    var lines: [[Character]] = []
    for line in Self.lines(of: characters) {
      let digits = Self.digits(of: line, &signs)
      let highest = digits.map { $0.box.rows.count }.max() ?? 0
      if digits.count > 1 || Float(highest) >= Self.lonelyHeight * height { lines.append(digits) }
    }
    self.lines = lines
    self.signs = signs
  }

  /// The parts that are no rules, no margin lines, no pictures and no specks.
  private static func written(
    of components: InkComponents, height: Float
  ) throws(LaminaError) -> [InkComponents.Component] {
    let parts = components.components.filter { part in
      let rows = Float(part.box.rows.count)
      return rows <= mostHeight * height
        && !(rows > leastMargin * height && isMargin(part, in: components))
        && !isRule(part, height: height) && Float(part.box.longerSide) >= leastSide * height
    }
    guard parts.count <= mostParts else {
      throw LaminaError(
        .noDigit, "no digit found: the picture has \(parts.count) specks, a pattern and no page")
    }
    return parts
  }

  /// The characters of a line without its signs, which are added to the others.
  private static func digits(of line: [Character], _ signs: inout [PixelBox]) -> [Character] {
    let heights = line.map { $0.box.rows.count }.sorted()
    let usual = heights[3 * heights.count / 4]
    let isSign = line.map { Self.isSign($0.box, in: line, usualHeight: usual) }
    signs += zip(line, isSign).compactMap { $1 ? $0.box : nil }
    return zip(line, isSign).compactMap { $1 ? nil : $0 }
  }

  /// Whether what stands in a line is a point, a comma or a minus sign: low beside the line's
  /// digits, or narrow and below their middle.
  private static func isSign(
    _ box: PixelBox, in line: [Character], usualHeight usual: Int
  ) -> Bool {
    if 20 * box.rows.count < 8 * usual { return true }
    let neighbour = line.min { first, second in
      distance(from: box, to: first.box, usual) < distance(from: box, to: second.box, usual)
    }
    guard let rows = neighbour?.box.rows else { return false }
    return 5 * box.rows.count < 3 * usual && 3 * box.columns.count < usual
      && 2 * box.rows.lowerBound >= rows.lowerBound + rows.upperBound
  }

  /// Whether a part is a cross with upright arms: about as wide as high, and bare at its corners, as
  /// no digit is.
  private static func isPlus(
    _ part: InkComponents.Component, in components: InkComponents
  ) -> Bool {
    let (columns, rows) = (part.box.columns, part.box.rows)
    let (wide, high) = (3 * columns.count / 8, 3 * rows.count / 8)
    guard 10 * columns.count >= 7 * rows.count, 10 * rows.count >= 7 * columns.count,
      min(wide, high) >= 4
    else { return false }
    func isInk(_ column: Int, _ row: Int) -> Bool {
      components.labels[row * components.width + column] == part.label
    }
    let middle = (columns.lowerBound + columns.upperBound) / 2
    guard isInk(middle, (rows.lowerBound + rows.upperBound) / 2) else { return false }
    // A drawn arm leans a little.
    let inked = [rows.prefix(high), rows.suffix(high)].joined().reduce(0) { sum, row in
      sum + [columns.prefix(wide), columns.suffix(wide)].joined().count { isInk($0, row) }
    }
    return 6 * inked <= wide * high
  }

  /// How far a digit of the usual height stands from a box, along the line.
  private static func distance(from box: PixelBox, to other: PixelBox, _ usual: Int) -> Int {
    5 * other.rows.count < 4 * usual
      ? .max : abs(box.columns.lowerBound - other.columns.lowerBound)
  }

  /// The height that half of the page's ink has or exceeds: specks are many, but light.
  private static func usualHeight(of parts: [InkComponents.Component]) -> Float {
    let upright = parts.filter { $0.box.columns.count <= 6 * $0.box.rows.count }
    let sorted = upright.sorted { $0.box.rows.count < $1.box.rows.count }
    let total = sorted.reduce(0) { $0 + $1.area }
    var seen = 0
    for part in sorted {
      seen += part.area
      if 2 * seen >= total { return Float(part.box.rows.count) }
    }
    return 1
  }

  /// A line that goes down the whole picture.
  private static func isMargin(
    _ part: InkComponents.Component, in components: InkComponents
  ) -> Bool {
    let rows = part.box.rows.count
    return 20 * rows >= 19 * components.height && rows > 8 * part.box.columns.count
  }

  /// A line that is drawn, not written: long and thin, or an empty frame.
  private static func isRule(_ part: InkComponents.Component, height: Float) -> Bool {
    let (columns, rows) = (part.box.columns.count, part.box.rows.count)
    let isLong = Float(columns) > 2.5 * height && columns > 8 * rows
    let isFrame = Float(columns) > 4 * height && part.area * 12 < columns * rows
    return isLong || isFrame
  }

  /// Joins characters that stand above each other: pieces of one that is broken.
  private static func merge(_ characters: inout [Character]) {
    var merged: [Character] = []
    for character in characters {
      let twin = merged.lastIndex { other in
        let narrower = min(character.box.columns.count, other.box.columns.count)
        let common = character.box.columns.clamped(to: other.box.columns).count
        let both = character.box.union(other.box).rows.count
        let taller = max(character.box.rows.count, other.box.rows.count)
        let isNear = 6 * character.box.gap(to: other.box) <= taller
        return 2 * common > narrower
          && (10 * both < 17 * taller || (isNear && both <= 2 * taller + taller / 6))
      }
      if let twin {
        merged[twin].parts += character.parts
        merged[twin].box = merged[twin].box.union(character.box)
      } else {
        merged.append(character)
      }
    }
    characters = merged
  }

  private static func beginsFartherLeft(_ first: Character, _ second: Character) -> Bool {
    (first.box.columns.lowerBound, first.box.rows.lowerBound)
      < (second.box.columns.lowerBound, second.box.rows.lowerBound)
  }

  /// Gives each low part to the character that it lies above, below or in, if it is near enough;
  /// the others are signs.
  private static func add(
    _ low: [InkComponents.Component], to characters: inout [Character]
  ) -> [PixelBox] {
    var signs: [PixelBox] = []
    for part in low {
      let owner = characters.indices.first { index in
        let box = characters[index].box
        let common = part.box.columns.clamped(to: box.columns).count
        return 10 * common > 6 * part.box.columns.count
          && 4 * box.gap(to: part.box) < box.rows.count
          && 20 * part.area > characters[index].parts.reduce(0) { max($0, $1.area) }
      }
      if let owner {
        characters[owner].parts.append(part)
        characters[owner].box = characters[owner].box.union(part.box)
      } else {
        signs.append(part.box)
      }
    }
    return signs
  }

  /// Goes through the characters from the left and puts each at the end of the line that it
  /// continues; lines may climb and fall.
  private static func lines(of characters: [Character]) -> [[Character]] {
    var lines: [[Character]] = []
    for character in characters.sorted(by: beginsFartherLeft) {
      var best: (line: Int, common: Int)?
      for (index, line) in lines.enumerated() {
        guard let last = line.last else { continue }
        let common = character.box.rows.clamped(to: last.box.rows).count
        let lower = min(character.box.rows.count, last.box.rows.count)
        if 5 * common >= 2 * lower, common > best?.common ?? 0 { best = (index, common) }
      }
      if let best {
        lines[best.line].append(character)
      } else {
        lines.append([character])
      }
    }
    return lines.sorted { top(of: $0) < top(of: $1) }
  }

  private static func top(of line: [Character]) -> Int {
    let middles = line.map { $0.box.rows.lowerBound + $0.box.rows.upperBound }
    return middles.reduce(0, +) / max(middles.count, 1)
  }
}
