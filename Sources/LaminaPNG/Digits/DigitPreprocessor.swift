import Lamina

/// Makes of any picture of a digit what the pictures of MNIST are.
///
/// MNIST's digits are light on black, fit into 20x20 pixels and lie in 28x28 pixels with their
/// centre of mass in the middle.
public struct DigitPreprocessor: Sendable {
  /// The result's width and height, in pixels.
  public static let side = MNISTFrame.side

  /// The longer side, in pixels, of the picture in which the digit is looked for.
  private static let searchSide = 256
  /// The longer side of the part around the digit in which its strokes are traced.
  private static let traceSide = 160

  public init() {}

  /// A picture of 28x28 pixels with a light digit on black.
  ///
  /// A picture that has MNIST's form already is given back as it is. Any other loses its paper and
  /// its specks, is cropped to the digit, fitted into 20x20 pixels by area averaging, its strokes
  /// brought to a usual weight, stretched to the greys from 0 to 255 and centred.
  ///
  /// - Throws: `.noDigit` if the picture is blank or there is no stroke that stands out.
  public func digit(from picture: Picture) throws(LaminaError) -> GreyImage {
    if MNISTFrame.isForm(of: picture) { return picture.grey }
    let image = picture.inkGreys
    return try Self.form(try Self.trace(image, around: try Self.search(image)).digit)
  }

  /// The same of grey pixels.
  public func digit(from image: GreyImage) throws(LaminaError) -> GreyImage {
    try digit(from: Picture(image))
  }

  /// What a digit's ink becomes.
  static func form(_ ink: DigitInk) throws(LaminaError) -> GreyImage {
    guard let digit = StrokeWeight.fitted(ink.amounts, into: MNISTFrame.digitSide) else {
      throw LaminaError(.noDigit, "no digit found: there is no stroke in the picture")
    }
    return MNISTFrame.centred(digit)
  }

  /// A digit in a part of a picture, which was looked at with fewer pixels.
  struct Find {
    let ink: Ink
    let digit: DigitInk
    /// The part that was looked at, and how many of its pixels became one along each side.
    let part: PixelBox
    let factor: Int

    /// Where the digit is in the whole picture.
    var box: PixelBox {
      let inPart = digit.box.enlarged(
        by: factor, width: part.columns.count, height: part.rows.count)
      return inPart.moved(right: part.columns.lowerBound, down: part.rows.lowerBound)
    }

    init(in image: GreyImage, part: PixelBox, factor: Int, isLight: Bool?) throws(LaminaError) {
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
        throw LaminaError(.noDigit, "no digit found: there is no stroke in the picture")
      }
      self.digit = digit
      self.part = part
      self.factor = factor
    }
  }

  /// Finds the digit in the whole picture, reduced.
  static func search(_ image: GreyImage) throws(LaminaError) -> Find {
    try Find(in: image, part: image.boxInsideFrame, factor: searchFactor(for: image), isLight: nil)
  }

  static func searchFactor(for image: GreyImage) -> Int {
    (max(image.width, image.height) + searchSide - 1) / searchSide
  }

  /// Finds the digit anew in the part around it, where small digits have more pixels and the light
  /// is more even.
  static func trace(_ image: GreyImage, around found: Find) throws(LaminaError) -> Find {
    let box = found.box
    guard found.factor > 1 || 4 * box.longerSide < max(image.width, image.height) else {
      return found
    }
    let part = box.expanded(
      by: max(box.longerSide / 3, 3 * found.factor), width: image.width, height: image.height
    ).clamped(to: found.part)
    let factor = (part.longerSide + traceSide - 1) / traceSide
    guard factor < found.factor || found.factor == 1 else { return found }
    // What the closer look cannot find, the first look has found.
    let traced = try? Find(in: image, part: part, factor: factor, isLight: found.ink.isLight)
    return traced ?? found
  }
}
