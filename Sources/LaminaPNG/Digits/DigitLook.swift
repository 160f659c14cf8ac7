import Lamina

/// A digit in a part of a picture, which was looked at with fewer pixels.
struct DigitLook {
  let ink: Ink
  let digit: DigitInk
  /// The part that was looked at, and how many of its pixels became one along each side.
  let part: PixelBox
  let factor: Int
  /// Whether what was found is so solid, or the paper so uneven, that a sheet of paper or the like
  /// may have been taken for ink.
  let mayBeSurface: Bool

  /// Where the digit is in the whole picture.
  var box: PixelBox {
    let inPart = digit.box.enlarged(
      by: factor, width: part.columns.count, height: part.rows.count)
    return inPart.moved(right: part.columns.lowerBound, down: part.rows.lowerBound)
  }

  /// - Parameter isLight: whether the ink is lighter than the paper, nil where that is to be found
  ///   out.
  /// - Throws: `.noDigit` where there is none.
  init(at image: GreyImage, part: PixelBox, factor: Int, isLight: Bool?) throws(LaminaError) {
    let image = image.cropped(to: part).reduced(by: factor)
    var ink = try Ink(of: image, isLight: isLight)
    var components = InkComponents(of: ink)
    var lines = components.linesOfPaper
    if lines.isEmpty { lines = components.linesOfFrames }
    if !lines.isEmpty {
      // Lines hide how wide the strokes are: the paper is looked at anew.
      ink = try Ink(of: image.paintedOver(lines), isLight: isLight)
      // Where lines cross, crumbs are left.
      components = InkComponents(of: ink, crumb: min(image.width, image.height) / 16)
    }
    self.ink = ink
    let parts = try DigitFinder(components: components, isFaint: ink.isFaint).digit()
    guard let digit = DigitInk(parts, in: components, of: ink) else {
      throw LaminaError.noStroke
    }
    mayBeSurface =
      !ink.isPaperFlat
      || parts.contains { Surface.isSolid($0) || components.hasLargeParts(inside: $0) }
    self.digit = digit
    self.part = part
    self.factor = factor
  }
}

extension InkComponents {
  /// Whether there is something inside a part's box that is no piece of it, such as a digit inside a
  /// ring.
  fileprivate func hasLargeParts(inside part: Component) -> Bool {
    components.contains { other in
      other.label != part.label && other.box.clamped(to: part.box) == other.box
        && 4 * other.box.longerSide >= part.box.longerSide
    }
  }
}
