import Lamina

/// The search for a picture's digit: looks at the whole picture, and then closer.
struct DigitSearch {
  /// What was looked at; the last look is the best. At least one.
  let looks: [DigitLook]
  /// What the last look found.
  let digit: DigitInk

  /// The longer side, in pixels, of the picture in which the digit is looked for.
  private static let searchSide = 256
  /// The longer side of the part around the digit in which its strokes are traced.
  private static let traceSide = 160

  /// - Throws: `.noDigit` where there is none.
  init(in image: GreyImage) throws(LaminaError) {
    let look = try DigitLook(
      at: image, part: image.boxInsideFrame,
      factor: Self.factor(for: max(image.width, image.height)), isLight: nil)
    if look.mayBeSurface, let search = try Self.search(on: SurfaceSearch(in: image), look) {
      self = search
    } else {
      self.init(in: image, from: look)
    }
  }

  /// Goes on from a first look.
  private init(in image: GreyImage, from look: DigitLook) {
    let closer = Self.trace(image, around: look)
    digit = closer?.digit ?? look.digit
    looks = [look] + (closer.map { [$0] } ?? [])
  }

  /// Looks at a surface alone.
  private init(on surface: Surface, of image: GreyImage, isInkLight: Bool?) throws(LaminaError) {
    let image = image.paintedOver(besides: surface)
    let look = try DigitLook(
      at: image, part: surface.box, factor: Self.factor(for: surface.box.longerSide),
      isLight: isInkLight)
    self.init(in: image, from: look)
  }

  /// Looks for the digit on a surface of its own; nil where there is none.
  ///
  /// - Throws: `.noDigit` where what was taken for a digit is an empty sheet.
  private static func search(
    on surfaces: SurfaceSearch, _ look: DigitLook
  ) throws(LaminaError) -> DigitSearch? {
    let image = surfaces.image
    if let (surface, isInkLight) = surfaces.writtenOn,
      let search = try? DigitSearch(on: surface, of: image, isInkLight: isInkLight)
    {
      return search
    }
    if let empty = surfaces.empty(like: look.box),
      let search = try? DigitSearch(on: empty, of: image, isInkLight: nil)
    {
      return search
    }
    guard !surfaces.isEmptySheet(look.box) else { throw LaminaError.emptySheet }
    // Light that falls unevenly may have hidden which is the paper and which the ink.
    if let isPaperLight = surfaces.isPaperLight, isPaperLight == look.ink.isLight,
      let other = try? DigitLook(
        at: image, part: look.part, factor: look.factor, isLight: !isPaperLight)
    {
      return DigitSearch(in: image, from: other)
    }
    return nil
  }

  static func factor(for longerSide: Int) -> Int { (longerSide + searchSide - 1) / searchSide }

  /// Finds the digit anew in the part around it, where small digits have more pixels and the light
  /// is more even; nil where it is large enough already, or not found there.
  private static func trace(_ image: GreyImage, around found: DigitLook) -> DigitLook? {
    let box = found.box
    guard found.factor > 1 || 4 * box.longerSide < max(image.width, image.height) else {
      return nil
    }
    let part = box.expanded(
      by: max(box.longerSide / 3, 3 * found.factor), width: image.width, height: image.height
    ).clamped(to: found.part)
    let factor = (part.longerSide + traceSide - 1) / traceSide
    guard factor < found.factor || found.factor == 1 else { return nil }
    return try? DigitLook(at: image, part: part, factor: factor, isLight: found.ink.isLight)
  }
}
