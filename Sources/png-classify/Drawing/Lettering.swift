/// How text is written.
struct Lettering {
  enum Weight: Double {
    /// The pen's width in a letter that is 10 high.
    case regular = 1.15
    case bold = 1.75
  }

  enum Alignment {
    case left, centre, right
  }

  /// How high a capital is, in pixels.
  var height: Double
  var weight = Weight.regular
  var colour = Colour.ink

  /// How wide the text is, in pixels.
  func width(of text: String) -> Double {
    let glyphs = text.map(Glyph.of)
    let width = glyphs.reduce(0) { $0 + $1.width } + Glyph.gap * Double(max(0, glyphs.count - 1))
    return width * height / 10
  }

  /// The text or, where it is too wide, as much of its beginning as fits, and "...".
  func cut(_ text: String, toWidth width: Double) -> String {
    guard self.width(of: text) > width else { return text }
    var beginning = text
    while !beginning.isEmpty {
      beginning.removeLast()
      while beginning.last == " " { beginning.removeLast() }
      if self.width(of: beginning + "...") <= width { break }
    }
    return beginning + "..."
  }

  /// The text's lines where none may be wider than this; words are kept together where they fit.
  func lines(of text: String, width: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, self.width(of: last + " " + word) <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(cut(String(word), toWidth: width))
      }
    }
    return lines
  }
}

extension Canvas {
  /// - Parameter place: where the base line begins, has its middle, or ends.
  mutating func write(
    _ text: String, at place: Point, _ lettering: Lettering,
    _ alignment: Lettering.Alignment = .left
  ) {
    let width = lettering.width(of: text)
    var x =
      switch alignment {
      case .left: place.x
      case .centre: place.x - width / 2
      case .right: place.x - width
      }
    let scale = lettering.height / 10
    for letter in text {
      let glyph = Glyph.of(letter)
      let lines = glyph.strokes.lines.map { line in
        line.map { Point(x + $0.x * scale, place.y + ($0.y - 10) * scale) }
      }
      stroke(Strokes(lines), lettering.colour, lineWidth: lettering.weight.rawValue * scale)
      x += (glyph.width + Glyph.gap) * scale
    }
  }
}
