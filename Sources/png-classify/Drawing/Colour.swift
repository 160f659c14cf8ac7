/// A colour of a screen (sRGB).
struct Colour: Equatable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8

  /// As on a web page: 0xRRGGBB.
  init(_ hexadecimal: UInt32) {
    red = UInt8(hexadecimal >> 16 & 0xFF)
    green = UInt8(hexadecimal >> 8 & 0xFF)
    blue = UInt8(hexadecimal & 0xFF)
  }

  static let white = Colour(0xFFFFFF)
  /// Text, and what is as important.
  static let ink = Colour(0x1B2733)
  /// Text that explains.
  static let quiet = Colour(0x5D6B7A)
  /// Lines of a grid, and the ground of a bar.
  static let pale = Colour(0xDDE3EA)
  /// What a picture lies on.
  static let mat = Colour(0xEFF2F6)
  static let blue = Colour(0x1F6FC5)
  static let paleBlue = Colour(0x9DBFE3)
  static let orange = Colour(0xD9480F)
}
