import CPNG
import Lamina

/// Makes PNG files of 8-bit grey or RGB pixels, in memory. The same pixels give the same bytes.
public enum PNGEncoder {
  /// The bytes of a PNG file.
  ///
  /// - Parameters:
  ///   - pixels: row by row from the top, `channels` bytes a pixel.
  ///   - channels: 1 (grey) or 3 (red, green, blue).
  /// - Throws: `.invalidArgument` where a side is not 1 to 1,000,000, or these are not so many
  ///   pixels; `.outOfMemory`
  public static func encode(
    width: Int, height: Int, channels: Int, pixels: [UInt8]
  ) throws(LaminaError) -> [UInt8] {
    let sides = 1...Int(LAMINAPNG_MAXIMUM_WIDTH)
    guard sides.contains(width), sides.contains(height), channels == 1 || channels == 3,
      pixels.count == width * height * channels
    else {
      throw LaminaError(
        .invalidArgument,
        "a picture of \(width)x\(height) with \(channels) channels cannot have "
          + "\(pixels.count) bytes")
    }
    guard let encoder = laminapng_encoder_create() else {
      throw LaminaError(.outOfMemory, "out of memory")
    }
    defer { laminapng_encoder_destroy(encoder) }
    let status = laminapng_encode(
      encoder, pixels, UInt32(width), UInt32(height), UInt32(channels))
    guard status == LAMINAPNG_OK else {
      throw LaminaError(
        status == LAMINAPNG_OUT_OF_MEMORY ? .outOfMemory : .image,
        String(cString: laminapng_encoder_message(encoder)))
    }
    var size = 0
    let bytes = laminapng_encoded(encoder, &size)
    return Array(UnsafeBufferPointer(start: bytes, count: size))
  }

  /// The bytes of a PNG file that shows a grey picture.
  ///
  /// - Throws: `.outOfMemory`
  public static func encode(_ image: GreyImage) throws(LaminaError) -> [UInt8] {
    try encode(width: image.width, height: image.height, channels: 1, pixels: image.pixels)
  }
}
