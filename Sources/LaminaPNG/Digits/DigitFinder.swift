import Lamina

/// Chooses among the parts of a picture's ink those that are its digit.
struct DigitFinder {
  let components: InkComponents
  /// Whether the ink may be the paper's grain.
  let isFaint: Bool

  /// The digit's parts: the heaviest, and what lies near enough to be a broken piece of it.
  ///
  /// - Throws: `.noDigit` where there is no stroke, or as much ink in specks as in any stroke.
  func digit() throws(LaminaError) -> [InkComponents.Component] {
    let candidates = withoutFrames(components.components.filter { !isRule($0) })
    guard let main = candidates.max(by: { $0.mass < $1.mass }) else {
      throw LaminaError.noStroke
    }
    let digit = pieces(around: main, candidates)
    let mass = digit.reduce(0) { $0 + $1.mass }
    let others = candidates.count - digit.count
    let otherMass = candidates.reduce(-mass) { $0 + $1.mass }
    guard others < 24 || otherMass < 2 * mass else {
      throw LaminaError(
        .noDigit,
        "no digit found: the picture has \(candidates.count) specks, and none stands out")
    }
    // Grain fades at all its edges, strokes only at theirs.
    let isSolid = digit.reduce(0) { $0 + 3 * $1.coreArea - 2 * $1.area } >= 0
    guard isSolid || !isFaint else {
      throw LaminaError.faintInk
    }
    return digit
  }

  /// Whether a part is a line of ruled paper: thin, and from border to border. One that goes down may
  /// be a 1.
  private func isRule(_ part: InkComponents.Component) -> Bool {
    let (width, height) = (components.width, components.height)
    let (columns, rows) = (part.box.columns.count, part.box.rows.count)
    guard columns * 20 >= width * 19, rows * 6 < height, min(width, height) >= 24 else {
      return false
    }
    // A sixteenth of the picture, at most, if it went from border to border as a straight bar.
    return part.area * 16 < width * height
  }

  /// Without what runs along the picture's border, such as a scanner's dark edge or a frame, where
  /// there is something else that may be the digit.
  private func withoutFrames(
    _ all: [InkComponents.Component]
  ) -> [InkComponents.Component] {
    let inner = all.filter { !components.isAtBorder($0) && $0.box.longerSide * 12 >= longerSide }
    guard let heaviest = inner.max(by: { $0.mass < $1.mass }) else { return all }
    return all.filter { !isFrame($0) || heaviest.mass * 12 < $0.mass }
  }

  private var longerSide: Int { max(components.width, components.height) }

  private func isFrame(_ component: InkComponents.Component) -> Bool {
    components.isAtBorder(component)
      && (component.box.columns.count * 5 > components.width * 4
        || component.box.rows.count * 5 > components.height * 4)
  }

  /// The parts that lie within a quarter of the digit's size and are no specks, and larger ones
  /// within half of it.
  private func pieces(
    around main: InkComponents.Component, _ candidates: [InkComponents.Component]
  ) -> [InkComponents.Component] {
    var digit = [main]
    var box = main.box
    var rest = candidates.filter { piece in
      piece.label != main.label && 30 * piece.area >= main.area
        && 3 * piece.mass / piece.area >= 2 * main.mass / main.area
    }
    // A digit is in a few pieces; what goes on farther is a pattern.
    for _ in 0..<8 {
      let isNear = rest.map { piece in
        let gap = box.gap(to: piece.box)
        return 4 * gap <= main.box.longerSide
          || (2 * gap <= main.box.longerSide && 5 * piece.area >= main.area)
      }
      guard isNear.contains(true) else { break }
      for (piece, isNear) in zip(rest, isNear) where isNear {
        box = box.union(piece.box)
        digit.append(piece)
      }
      rest = zip(rest, isNear).compactMap { $1 ? nil : $0 }
    }
    return digit
  }
}
