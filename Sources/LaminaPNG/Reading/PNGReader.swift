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
    let ink = try Ink(of: picture.inkGreys)
    let components = InkComponents(of: ink)
    var digits: [PageReading.Digit] = []
    for characters in try PageLayout(of: components).lines {
      var pieces: [(ink: DigitInk, prediction: Prediction)] = []
      for character in characters {
        guard let inked = DigitInk(character.parts, in: components, of: ink) else { continue }
        pieces += try touching.digits(in: inked)
      }
      let line = (digits.last?.line ?? -1) + 1
      let begins = Self.wordBeginnings(of: pieces.map { $0.ink.box })
      for ((ink, prediction), beginsWord) in zip(pieces, begins) {
        let box = ink.box.enlarged(
          by: picture.reduction, width: picture.fileWidth, height: picture.fileHeight)
        digits.append(
          PageReading.Digit(prediction: prediction, box: box, line: line, beginsWord: beginsWord))
      }
    }
    guard !digits.isEmpty else {
      throw LaminaError(.noDigit, "no digit found: there is no stroke in the picture")
    }
    return PageReading(digits: digits)
  }

  /// Which digits of a line begin a word: those behind a gap that is wide beside their height, and
  /// beside the line's other gaps.
  static func wordBeginnings(of boxes: [PixelBox]) -> [Bool] {
    func median(_ numbers: [Int]) -> Int {
      numbers.sorted().dropFirst(numbers.count / 2).first ?? 0
    }
    let gaps = zip(boxes, boxes.dropFirst()).map { $1.columns.lowerBound - $0.columns.upperBound }
    let height = median(boxes.map { $0.rows.count })
    // 0.42 of the height at least, twice the usual gap, 0.9 of the height at most.
    let space = max(42 * height, min(200 * median(gaps), 90 * height))
    return boxes.isEmpty ? [] : [true] + gaps.map { 100 * $0 > space }
  }

  private var touching: TouchingDigits {
    TouchingDigits { (ink) throws(LaminaError) in
      guard let digit = try? DigitPreprocessor.form(ink) else { return nil }
      return try classifier.predictions(for: digit, top: 1).first
    }
  }
}
