import Lamina

/// Reads the digits of a line or a page: finds them, puts them in order and classifies each. Used
/// by one thread at a time, as its session is.
public struct PNGReader {
  public let session: Session
  /// The most pixels, width times height, that a picture may have.
  public var maximumPixels = PNGDecoder.defaultMaximumPixels
  private let classifier: PNGClassifier

  /// The longer side of a page as it is looked at, in pixels.
  private static let longestSide = 2_048

  /// - Throws: as `PNGClassifier`.
  public init(session: Session) throws(LaminaError) {
    self.session = session
    classifier = try PNGClassifier(session: session)
  }

  /// The digits of a file.
  ///
  /// - Throws: `.inputOutput`, `.image`, `.outOfMemory`; `.noDigit` where there is none. The
  ///   message begins with the path.
  public func read(path: String) throws(LaminaError) -> PageReading {
    try read(decoder.decode(path: path), name: path)
  }

  /// The digits of a PNG's bytes.
  ///
  /// - Parameter name: what error messages call the picture.
  public func read(_ bytes: Span<UInt8>, name: String) throws(LaminaError) -> PageReading {
    try read(decoder.decode(bytes, name: name), name: name)
  }

  private var decoder: PNGDecoder {
    PNGDecoder(maximumPixels: maximumPixels, longestSide: Self.longestSide)
  }

  private func read(_ picture: Picture, name: String) throws(LaminaError) -> PageReading {
    do throws(LaminaError) {
      return try read(picture)
    } catch {
      throw error.kind == .noDigit ? error.at(name) : error
    }
  }

  func read(_ picture: Picture) throws(LaminaError) -> PageReading {
    let page = PageSheet(in: picture.inkGreys)
    let (ink, ruling) = try Self.inkAndRuling(of: page.image, isLight: page.isInkLight)
    let components = InkComponents(of: ink)
    let layout = try PageLayout(of: components)
    try page.check(layout.lines.flatMap { $0 }, isFaint: ink.isFaint)
    var pieces: [[(ink: DigitInk, prediction: Prediction)]] = []
    for characters in layout.lines {
      var line: [(ink: DigitInk, prediction: Prediction)] = []
      for character in characters {
        let inCell = page.digit(inCell: character, of: components, isCellLight: ink.isLight)
        guard let inked = inCell ?? DigitInk(character.parts, in: components, of: ink) else {
          continue
        }
        line += try touching.digits(in: inked)
      }
      if !line.isEmpty { pieces.append(line) }
    }
    let boxes = pieces.map { $0.map { $0.ink.box } }
    let spacing = WordSpacing(of: boxes, signs: layout.signs, walls: ruling.walls)
    var digits: [PageReading.Digit] = []
    for (number, line) in pieces.enumerated() {
      for (piece, beginsWord) in zip(line, spacing.wordBeginnings[number]) {
        let place = piece.ink.box.moved(
          right: page.place.columns.lowerBound, down: page.place.rows.lowerBound)
        let box = place.enlarged(
          by: picture.reduction, width: picture.fileWidth, height: picture.fileHeight)
        digits.append(
          PageReading.Digit(
            prediction: piece.prediction, box: box, line: number, beginsWord: beginsWord))
      }
    }
    guard !digits.isEmpty else {
      throw LaminaError.noStroke
    }
    return PageReading(digits: digits)
  }

  /// A page's ink without what is ruled on it.
  private static func inkAndRuling(
    of image: GreyImage, isLight: Bool?
  ) throws(LaminaError) -> (ink: Ink, ruling: PageRuling) {
    var ink = try Ink(of: image, isLight: isLight)
    let parts = InkComponents(of: ink.withPaleLines)
    var ruling = PageRuling(of: parts)
    // Between a table's rules the paper may have been taken for ink.
    let area = parts.components.reduce(0) { $0 + $1.area }
    if isLight == nil, ruling.walls.isEmpty, 5 * area >= image.pixels.count,
      let other = try? Ink(of: image, isLight: !ink.isLight)
    {
      let table = PageRuling(of: InkComponents(of: other.withPaleLines))
      if !table.walls.isEmpty { (ink, ruling) = (other, table) }
    }
    guard !ruling.lines.isEmpty else { return (ink, ruling) }
    return (try Ink(of: image.paintedOver(ruling.lines), isLight: ink.isLight), ruling)
  }

  private var touching: TouchingDigits {
    TouchingDigits { (ink) throws(LaminaError) in
      guard let digit = try? DigitPreprocessor.form(ink) else { return nil }
      return try classifier.predictions(for: digit, top: 1).first
    }
  }
}
