import Lamina

/// Makes of any picture of a digit what the pictures of MNIST are.
///
/// MNIST's digits are light on black, fit into 20x20 pixels and lie in 28x28 pixels with their
/// centre of mass in the middle.
public struct DigitPreprocessor: Sendable {
  /// The result's width and height, in pixels.
  public static let side = MNISTFrame.side

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
    return try Self.form(try DigitSearch(in: picture.inkGreys).digit)
  }

  /// The same of grey pixels.
  public func digit(from image: GreyImage) throws(LaminaError) -> GreyImage {
    try digit(from: Picture(image))
  }

  /// What a digit's ink becomes.
  static func form(_ ink: DigitInk) throws(LaminaError) -> GreyImage {
    guard let digit = StrokeWeight.fitted(ink.amounts, into: MNISTFrame.digitSide) else {
      throw LaminaError.noStroke
    }
    return MNISTFrame.centred(digit)
  }
}
