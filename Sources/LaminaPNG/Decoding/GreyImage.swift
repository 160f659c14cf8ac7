import Lamina

/// A picture of 8-bit grey pixels: 0 is black, 255 is white.
public struct GreyImage: Equatable, Sendable {
  /// Pixels in a row, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// The pixels row by row from the top, `width * height` of them.
  public let pixels: [UInt8]

  /// Makes a picture from its pixels.
  ///
  /// - Throws: `.invalidArgument` if a side is not positive or `pixels` has not exactly
  ///   `width * height` elements.
  public init(width: Int, height: Int, pixels: [UInt8]) throws(LaminaError) {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, count == pixels.count else {
      throw LaminaError(
        .invalidArgument, "a picture of \(width)x\(height) cannot have \(pixels.count) pixels")
    }
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Rows that are known to fit.
  init(rows height: Int, of width: Int, pixels: [UInt8]) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The picture with each grey changed.
  @inline(__always)
  func map(_ change: (UInt8) -> UInt8) -> GreyImage {
    var result = [UInt8](repeating: 0, count: pixels.count)
    var changed = result.mutableSpan
    let greys = pixels.span
    for index in 0..<min(changed.count, greys.count) { changed[index] = change(greys[index]) }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  /// Each pixel combined with that of another picture of the same size.
  @inline(__always)
  func combined(with other: GreyImage, _ combine: (UInt8, UInt8) -> UInt8) -> GreyImage {
    var result = [UInt8](repeating: 0, count: pixels.count)
    var combined = result.mutableSpan
    let (greys, others) = (pixels.span, other.pixels.span)
    for index in 0..<min(combined.count, greys.count, others.count) {
      combined[index] = combine(greys[index], others[index])
    }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  /// The darkest and the lightest grey.
  var range: (darkest: UInt8, lightest: UInt8) {
    var (darkest, lightest): (UInt8, UInt8) = (255, 0)
    for pixel in pixels {
      darkest = min(darkest, pixel)
      lightest = max(lightest, pixel)
    }
    return (darkest, lightest)
  }
}

extension [UInt8] {
  /// Overwrites `count` bytes from `place` on with those that others have from `first` on.
  mutating func replace(at place: Int, with others: [UInt8], from first: Int, count: Int) {
    var bytes = mutableSpan
    let newBytes = others.span.extracting(first..<first + count)
    for index in 0..<count { bytes[place + index] = newBytes[index] }
  }
}
