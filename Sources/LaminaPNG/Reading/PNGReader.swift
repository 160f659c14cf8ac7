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
    let image = picture.inkGreys
    var ink = try Ink(of: image)
    let lines = InkComponents(of: ink.withPaleLines).linesOfFrames
    if !lines.isEmpty { ink = try Ink(of: image.paintedOver(lines), isLight: ink.isLight) }
    let components = InkComponents(of: ink)
    let layout = try PageLayout(of: components)
    var pieces: [[(ink: DigitInk, prediction: Prediction)]] = []
    for characters in layout.lines {
      var line: [(ink: DigitInk, prediction: Prediction)] = []
      for character in characters {
        guard let inked = DigitInk(character.parts, in: components, of: ink) else { continue }
        line += try touching.digits(in: inked)
      }
      if !line.isEmpty { pieces.append(line) }
    }
    let boxes = pieces.map { $0.map { $0.ink.box } }
    let spacing = WordSpacing(
      of: boxes, signs: layout.signs, isInCells: !lines.isEmpty)
    var digits: [PageReading.Digit] = []
    for (number, line) in pieces.enumerated() {
      for (piece, beginsWord) in zip(line, spacing.wordBeginnings(in: boxes[number])) {
        let box = piece.ink.box.enlarged(
          by: picture.reduction, width: picture.fileWidth, height: picture.fileHeight)
        digits.append(
          PageReading.Digit(
            prediction: piece.prediction, box: box, line: number, beginsWord: beginsWord))
      }
    }
    guard !digits.isEmpty else {
      throw LaminaError(.noDigit, "no digit found: there is no stroke in the picture")
    }
    return PageReading(digits: digits)
  }

  private var touching: TouchingDigits {
    TouchingDigits { (ink) throws(LaminaError) in
      guard let digit = try? DigitPreprocessor.form(ink) else { return nil }
      return try classifier.predictions(for: digit, top: 1).first
    }
  }
}
