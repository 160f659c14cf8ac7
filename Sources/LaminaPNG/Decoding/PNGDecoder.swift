import CPNG
import Lamina

/// Reads PNG files of every colour type, bit depth and interlacing as 8-bit grey or colour.
///
/// Transparency is put on white, or on black where that leaves nothing to be seen: drawing
/// programs save white ink on nothing. A file is read once from its beginning to its end, so that
/// it may be a pipe. Samples of 16 bits are scaled to 8, to the nearest. Gamma,
/// colour profiles, texts and unknown chunks are skipped; every checksum is verified. A picture
/// whose longer side has more than `longestSide` pixels is reduced, while it is read, by averaging
/// square boxes of pixels, so that memory stays bounded whatever the picture's size.
public struct PNGDecoder: Sendable {
  /// What a picture may have unless told otherwise, in pixels.
  public static let defaultMaximumPixels: UInt64 = 1_000_000_000

  /// The most pixels, width times height, that a picture may have; more is an error.
  ///
  /// Apart from that a picture is at most 1,000,000 pixels wide and 4,000,000 high.
  public var maximumPixels: UInt64

  /// The most pixels that a side has after the reduction, 1 to 2,048.
  let longestSide: Int

  public init(maximumPixels: UInt64 = PNGDecoder.defaultMaximumPixels) {
    self.init(maximumPixels: maximumPixels, longestSide: 1_024)
  }

  init(maximumPixels: UInt64, longestSide: Int) {
    self.maximumPixels = maximumPixels
    self.longestSide = longestSide
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: `.inputOutput` if the file cannot be opened or read, `.image` if it is no PNG file,
  ///   is damaged or has too many pixels, `.outOfMemory`; the message begins with the path.
  public func decode(path: String) throws(LaminaError) -> Picture {
    guard !path.isEmpty else {
      throw LaminaError(.inputOutput, "the PNG file's path is empty")
    }
    return try decode(name: path) { decoder in
      path.withCString { laminapng_open_path(decoder, $0) }
    }
  }

  /// Reads a PNG file that lies in memory.
  ///
  /// - Parameter name: what error messages call the picture.
  /// - Throws: `.image` if `bytes` are no PNG file, are damaged or have too many pixels,
  ///   `.outOfMemory`.
  public func decode(_ bytes: Span<UInt8>, name: String) throws(LaminaError) -> Picture {
    try bytes.withUnsafeBufferPointer { (buffer) throws(LaminaError) -> Picture in
      try decode(name: name) { decoder in
        laminapng_open_memory(decoder, buffer.baseAddress, buffer.count)
      }
    }
  }

  /// Reads a source and puts it on white or, where that shows nothing, on black.
  private func decode(
    name: String, opening open: (OpaquePointer) -> laminapng_status
  ) throws(LaminaError) -> Picture {
    do throws(LaminaError) {
      let grid = try readGrid(opening: open)
      let picture = grid.picture()
      guard grid.hasTransparency, Int(picture.contrast) < Ink.leastContrast else { return picture }
      let onBlack = grid.picture(on: .black)
      return Int(onBlack.contrast) < Ink.leastContrast ? picture : onBlack
    } catch {
      throw error.at(name)
    }
  }

  /// Opens a source, reads all its rows into a grid, and closes it.
  private func readGrid(
    opening open: (OpaquePointer) -> laminapng_status
  ) throws(LaminaError) -> PixelGrid {
    guard let decoder = laminapng_create() else {
      throw LaminaError(.outOfMemory, "out of memory")
    }
    defer { laminapng_destroy(decoder) }
    try check(open(decoder), of: decoder)
    var header = laminapng_header()
    try check(laminapng_read_header(decoder, maximumPixels, &header), of: decoder)
    return try readRows(of: header, from: decoder)
  }

  private func readRows(
    of header: laminapng_header, from decoder: OpaquePointer
  ) throws(LaminaError) -> PixelGrid {
    var grid = PixelGrid(
      imageWidth: header.width, imageHeight: header.height, channels: Int(header.channels),
      hasTransparency: header.has_transparency != 0, longestSide: longestSide)
    var pixels = [UInt8](repeating: 0, count: Int(header.width) * grid.pixelSize)
    var row = laminapng_row()
    while true {
      let status = laminapng_read_row(decoder, &pixels, pixels.count, &row)
      if status == LAMINAPNG_END { return grid }
      try check(status, of: decoder)
      grid.add(
        pixels, count: Int(row.count), y: Int(row.y), start: Int(row.x_start), step: Int(row.x_step)
      )
    }
  }

  /// Turns a failure into an error with the decoder's message.
  private func check(
    _ status: laminapng_status, of decoder: OpaquePointer
  ) throws(LaminaError) {
    guard status != LAMINAPNG_OK else { return }
    let kind: LaminaError.Kind =
      switch status {
      case LAMINAPNG_FILE_ERROR: .inputOutput
      case LAMINAPNG_OUT_OF_MEMORY: .outOfMemory
      default: .image
      }
    throw LaminaError(kind, String(cString: laminapng_message(decoder)))
  }
}
