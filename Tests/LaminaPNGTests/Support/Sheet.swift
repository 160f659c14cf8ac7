import Lamina

@testable import LaminaPNG

/// A picture of a sheet of paper on a table, with or without a digit.
struct Sheet {
  /// What is written on it, light on black; nil leaves it empty.
  var digit: GreyImage?
  var ink = 40
  var paper = 235
  var table = 70
  /// How far it is turned: the tangent of the angle.
  var slope = 0.0
  var isRound = false
  /// The columns and rows before its first, in pixels; 0 where it goes on beyond the picture.
  var left = 50
  var top = 30

  static let width = 240
  static let height = 200

  private static let side = 120.0

  func isPaper(_ x: Int, _ y: Int) -> Bool {
    let (across, down) = (Double(x - left) - Self.side / 2, Double(y - top) - Self.side / 2)
    if isRound { return across * across + down * down < Self.side * Self.side / 4 }
    let length = (1 + slope * slope).squareRoot()
    return abs(across + slope * down) < Self.side / 2 * length
      && abs(down - slope * across) < Self.side / 2 * length
  }

  /// Where the digit's 28x28 pixels begin, each drawn as 2x2.
  var digitLeft: Int { left + 34 }
  var digitTop: Int { top + 36 }

  func drawn() throws -> GreyImage {
    try picture(Self.width, Self.height) { x, y in
      guard isPaper(x, y) else { return table }
      guard let digit else { return paper }
      let (column, row) = ((x - digitLeft) / 2, (y - digitTop) / 2)
      guard x >= digitLeft, y >= digitTop, column < 28, row < 28 else { return paper }
      return paper + (ink - paper) * Int(digit.pixels[row * 28 + column]) / 255
    }
  }
}
