import Lamina

/// Makes of any picture of a digit what the pictures of MNIST are.
///
/// MNIST's digits are light on black, fit into 20x20 pixels and lie in 28x28 pixels with their
/// centre of mass in the middle.
public struct DigitPreprocessor: Sendable {
  /// The result's width and height, in pixels.
  public static let side = 28

  /// What the digit itself fits into, in pixels.
  static let digitSide = 20

  /// The least distance between ink and paper, in greys; below it a picture is blank.
  static let minimumContrast: UInt8 = 16

  public init() {}

  /// A picture of 28x28 pixels with a light digit on black.
  ///
  /// A picture that has this form already, 28x28 pixels and light on dark, is given back as it is.
  /// Any other loses its paper, is cropped to its ink, fitted into 20x20 pixels by area averaging,
  /// stretched to the greys from 0 to 255 and centred.
  ///
  /// - Throws: `.noDigit` if the picture is blank.
  public func digit(from image: GreyImage) throws(LaminaError) -> GreyImage {
    let background = Background(of: image)
    guard background.contrast >= Self.minimumContrast else {
      throw Self.blank(background)
    }
    if image.width == Self.side, image.height == Self.side, background.isInkLight {
      return image
    }
    guard let digit = Self.fitted(Ink(of: image, on: background)) else {
      throw Self.blank(background)
    }
    return try Self.centred(digit)
  }

  private static func blank(_ background: Background) -> LaminaError {
    LaminaError(
      .noDigit,
      "no digit found: the picture is blank (all pixels about \(background.level))")
  }

  /// The ink alone, its longer side `digitSide` pixels long, its strongest pixel 255.
  private static func fitted(_ ink: Ink) -> GreyImage? {
    guard let box = ink.boundingBox else { return nil }
    let longer = max(box.columns.count, box.rows.count)
    let width = max(1, (box.columns.count * digitSide + longer / 2) / longer)
    let height = max(1, (box.rows.count * digitSide + longer / 2) / longer)
    let sums = ink.areaSums(columns: box.columns, rows: box.rows, width: width, height: height)
    guard let strongest = sums.max(), strongest > 0 else { return nil }
    let pixels = sums.map { UInt8(clamping: ($0 * 255 + strongest / 2) / strongest) }
    return try? GreyImage(width: width, height: height, pixels: pixels)
  }

  /// The digit in 28x28 pixels, its centre of mass as near the middle as whole pixels allow.
  private static func centred(_ digit: GreyImage) throws(LaminaError) -> GreyImage {
    var (mass, columnMoment, rowMoment) = (0, 0, 0)
    for (index, pixel) in digit.pixels.enumerated() {
      mass += Int(pixel)
      columnMoment += Int(pixel) * (index % digit.width)
      rowMoment += Int(pixel) * (index / digit.width)
    }
    let left = offset(of: digit.width, moment: columnMoment, mass: mass)
    let top = offset(of: digit.height, moment: rowMoment, mass: mass)

    var pixels = [UInt8](repeating: 0, count: side * side)
    for (index, pixel) in digit.pixels.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: digit.width)
      pixels[(top + row) * side + left + column] = pixel
    }
    return try GreyImage(width: side, height: side, pixels: pixels)
  }

  /// Where the digit begins so that its centre of mass falls on pixel 14, rounded.
  ///
  /// That is MNIST's middle: along both axes the centres of mass of its 70,000 digits lie between
  /// 13.5 and 14.5, and 14.0 on average. A very lopsided digit stays inside the picture.
  private static func offset(of length: Int, moment: Int, mass: Int) -> Int {
    guard mass > 0 else { return 0 }
    // The least whole offset with moment / mass + offset >= 13.5.
    let twice = (side - 1) * mass - 2 * moment
    let offset = twice > 0 ? (twice + 2 * mass - 1) / (2 * mass) : 0
    return min(offset, side - length)
  }
}
