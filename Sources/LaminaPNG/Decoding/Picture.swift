import Lamina

/// A decoded picture: grey or coloured pixels of 8 bits a channel, perhaps reduced.
public struct Picture: Equatable, Sendable {
  /// Pixels in a row, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// Bytes of a pixel: 1, grey, or 3, red, green and blue.
  public let channels: Int
  /// The pixels row by row from the top, `width * height * channels` bytes.
  public let pixels: [UInt8]
  /// How many of the file's pixels, along each side, became one of these.
  public let reduction: Int
  /// The file's own size.
  public let fileWidth: Int
  public let fileHeight: Int

  init(
    width: Int, height: Int, channels: Int, pixels: [UInt8], reduction: Int, fileWidth: Int,
    fileHeight: Int
  ) {
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
    self.reduction = reduction
    self.fileWidth = fileWidth
    self.fileHeight = fileHeight
  }

  /// A grey picture, as it is.
  public init(_ image: GreyImage) {
    self.init(
      width: image.width, height: image.height, channels: 1, pixels: image.pixels, reduction: 1,
      fileWidth: image.width, fileHeight: image.height)
  }

  /// The picture in greys; colours become their luma (ITU-R 601).
  public var grey: GreyImage {
    guard channels == 3 else { return GreyImage(rows: height, of: width, pixels: pixels) }
    var greys: [UInt8] = []
    greys.reserveCapacity(width * height)
    for first in stride(from: 0, to: pixels.count - 2, by: 3) {
      // In 16-bit fixed point; the three weights add up to 65536.
      let luma =
        19_595 * Int(pixels[first]) + 38_470 * Int(pixels[first + 1])
        + 7_471 * Int(pixels[first + 2])
      greys.append(UInt8(truncatingIfNeeded: (luma + 0x8000) >> 16))
    }
    return GreyImage(rows: height, of: width, pixels: greys)
  }

  /// The difference of the greatest and the least value of the channel in which it is greatest.
  var contrast: UInt8 {
    var greatest: UInt8 = 0
    for channel in 0..<channels {
      var (least, most): (UInt8, UInt8) = (255, 0)
      for index in stride(from: channel, to: pixels.count, by: channels) {
        least = min(least, pixels[index])
        most = max(most, pixels[index])
      }
      greatest = max(greatest, most > least ? most - least : 0)
    }
    return greatest
  }
}
