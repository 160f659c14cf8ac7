import Lamina

/// What becomes of a picture on its way to the network, step by step: for people to look at.
public struct PreprocessingSteps: Sendable {
  /// The picture, perhaps reduced.
  public let original: Picture
  /// The ink, light on black, in the original's size; nil where nothing but paper is there.
  public let ink: GreyImage?
  /// Where the digit is, in pixels of `original`; nil where there is none.
  public let box: PixelBox?
  /// What the network sees, 28x28 pixels; nil where there is none.
  public let digit: GreyImage?
  /// Why there is no digit; nil where there is one.
  public let error: LaminaError?
}

extension DigitPreprocessor {
  /// The steps from a picture to the network's input, as far as they go.
  public func steps(of picture: Picture) -> PreprocessingSteps {
    if MNISTFrame.isForm(of: picture) {
      let image = picture.grey
      return PreprocessingSteps(
        original: picture, ink: image, box: image.inkBox, digit: image, error: nil)
    }
    let image = picture.inkGreys
    var ink = Self.inkWithoutDigit(in: image)
    do throws(LaminaError) {
      let search = try DigitSearch(in: image)
      ink = Self.picture(of: search.looks.map { ($0.ink, $0.part, $0.factor) }, like: image)
      return PreprocessingSteps(
        original: picture, ink: ink, box: search.looks.last?.box,
        digit: try Self.form(search.digit), error: nil)
    } catch {
      return PreprocessingSteps(original: picture, ink: ink, box: nil, digit: nil, error: error)
    }
  }

  /// The ink that a picture has, whether there is a digit in it or not.
  private static func inkWithoutDigit(in image: GreyImage) -> GreyImage? {
    let factor = DigitSearch.factor(for: max(image.width, image.height))
    guard let ink = try? Ink(of: image.reduced(by: factor)) else { return nil }
    let whole = PixelBox(columns: 0..<image.width, rows: 0..<image.height)
    return picture(of: [(ink, whole, factor)], like: image)
  }

  /// The amounts of ink in the size of the picture, later looks over earlier ones.
  private static func picture(
    of looks: [(ink: Ink, part: PixelBox, factor: Int)], like image: GreyImage
  ) -> GreyImage {
    var pixels = [UInt8](repeating: 0, count: image.pixels.count)
    for (ink, part, factor) in looks {
      let amounts = ink.amounts
      for row in part.rows {
        let line = (row - part.rows.lowerBound) / factor * amounts.width
        for column in part.columns {
          let place = line + (column - part.columns.lowerBound) / factor
          pixels[row * image.width + column] = amounts.pixels[place]
        }
      }
    }
    return GreyImage(rows: image.height, of: image.width, pixels: pixels)
  }
}
