/// The form of MNIST's pictures: a digit of 20x20 pixels in 28x28, light on black, its centre of
/// mass in the middle (Y. LeCun and C. Cortes, "The MNIST database of handwritten digits").
enum MNISTFrame {
  static let side = 28
  static let digitSide = 20

  /// The digit in 28x28 pixels, its centre of mass as near the middle as whole pixels allow.
  static func centred(_ digit: GreyImage) -> GreyImage {
    let moments = Moments(of: digit)
    let left = offset(of: digit.width, moment: moments.column, mass: moments.mass)
    let top = offset(of: digit.height, moment: moments.row, mass: moments.mass)
    var pixels = [UInt8](repeating: 0, count: side * side)
    for (index, pixel) in digit.pixels.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: digit.width)
      pixels[(top + row) * side + left + column] = pixel
    }
    return GreyImage(rows: side, of: side, pixels: pixels)
  }

  /// Where the digit begins so that its centre of mass falls on pixel 14, rounded.
  ///
  /// That is MNIST's middle: along both axes the centres of mass of the 55,000 digits to train with
  /// lie between 13.48 and 14.5, and at 14.0 on average. A very lopsided digit stays inside the
  /// picture.
  private static func offset(of length: Int, moment: Int, mass: Int) -> Int {
    guard mass > 0 else { return 0 }
    // The least whole offset with moment / mass + offset >= 13.5.
    let twice = (side - 1) * mass - 2 * moment
    let offset = twice > 0 ? (twice + 2 * mass - 1) / (2 * mass) : 0
    return min(offset, side - length)
  }

  /// Whether a picture has this form already, as all of MNIST's have it: 28x28 pixels without
  /// a colour, at least half of them black, the digit 19 or 20 pixels long and in the middle, and
  /// some of it nearly white. The limits are those of the 55,000 digits to train with; the other
  /// 15,000 keep to them.
  static func isForm(of picture: Picture) -> Bool {
    guard picture.width == side, picture.height == side, picture.reduction == 1,
      picture.hasNoColour
    else { return false }
    let image = picture.grey
    guard image.pixels.count(where: { $0 == 0 }) * 2 >= side * side,
      image.pixels.contains(where: { $0 >= 254 })
    else { return false }
    guard let box = image.inkBox, (digitSide - 1...digitSide).contains(box.longerSide) else {
      return false
    }
    let moments = Moments(of: image)
    return [moments.column, moments.row].allSatisfy { moment in
      let centre = Float(moment) / Float(moments.mass)
      return centre > 13.47 && centre < 14.52
    }
  }

  /// Sums over a picture's pixels, weighted by their amounts.
  private struct Moments {
    var mass = 0
    var column = 0
    var row = 0

    init(of image: GreyImage) {
      for (index, pixel) in image.pixels.enumerated() where pixel > 0 {
        mass += Int(pixel)
        column += Int(pixel) * (index % image.width)
        row += Int(pixel) * (index / image.width)
      }
    }
  }
}

extension Picture {
  /// Whether red, green and blue are the same everywhere.
  fileprivate var hasNoColour: Bool {
    guard channels == 3 else { return channels == 1 }
    for red in stride(from: 0, to: pixels.count, by: 3) {
      let (green, blue) = (pixels[red + 1], pixels[red + 2])
      guard pixels[red] == green, pixels[red] == blue else { return false }
    }
    return true
  }
}
