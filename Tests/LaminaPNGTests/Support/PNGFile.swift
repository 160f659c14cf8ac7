import CZlib
import Testing

/// PNG files made in a test, so that they can have any size and any samples.
enum PNGFile {
  enum Colour: UInt8, Sendable {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6
  }

  /// The first pixel of each pass of Adam7, and how far its columns and its rows are apart.
  private static let passes = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// A file of rows of samples that are packed already, without filters.
  ///
  /// - Parameter chunks: what comes between the header and the pixels.
  static func bytes(
    width: Int, height: Int, depth: UInt8 = 8, _ colour: Colour, chunks: [UInt8] = [],
    rows: [[UInt8]]
  ) throws -> [UInt8] {
    file(
      header: header(width, height, depth, colour, isInterlaced: false), chunks,
      data: try compressed(rows.flatMap { (row: [UInt8]) -> [UInt8] in [0] + row }))
  }

  /// A file of one byte a sample and the seven passes of Adam7; `pixel` gives a pixel's samples.
  static func interlaced(
    width: Int, height: Int, _ colour: Colour, pixel: (_ x: Int, _ y: Int) -> [UInt8]
  ) throws -> [UInt8] {
    var lines: [UInt8] = []
    for (left, top, across, down) in passes where left < width {
      for y in stride(from: top, to: height, by: down) {
        lines.append(0)
        for x in stride(from: left, to: width, by: across) { lines += pixel(x, y) }
      }
    }
    return file(
      header: header(width, height, 8, colour, isInterlaced: true), [],
      data: try compressed(lines))
  }

  /// A file that repeats some rows of packed samples so many times, however large that is: they
  /// are compressed once.
  static func repeating(
    _ rows: [[UInt8]], times: Int, width: Int, depth: UInt8, _ colour: Colour
  ) throws -> [UInt8] {
    let lines = rows.flatMap { (row: [UInt8]) -> [UInt8] in [0] + row }
    return file(
      header: header(width, rows.count * times, depth, colour, isInterlaced: false), [],
      data: try compressed(repeating: [(lines, times)]))
  }

  /// A file of the seven passes of Adam7 and grey bytes, all of whose rows are `row`: a hundred of
  /// each pass are compressed once.
  ///
  /// - Parameter height: a multiple of 800.
  static func interlaced(repeating row: [UInt8], height: Int) throws -> [UInt8] {
    let blocks = passes.map { (left, _, across, down) in
      let line = [0] + stride(from: left, to: row.count, by: across).map { row[$0] }
      return ([[UInt8]](repeating: line, count: 100).flatMap { $0 }, height / down / 100)
    }
    return file(
      header: header(row.count, height, 8, .grey, isInterlaced: true), [],
      data: try compressed(repeating: blocks))
  }

  /// A chunk with its length and checksum.
  static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    let body = [UInt8](name.utf8) + contents
    let sum = crc32(0, body, UInt32(body.count))
    return bigEndian(UInt32(contents.count)) + body + bigEndian(UInt32(truncatingIfNeeded: sum))
  }

  // MARK: Parts

  /// The header alone, and no pixels.
  static func header(width: Int, height: Int) throws -> [UInt8] {
    signature + header(width, height, 8, .grey, isInterlaced: false)
      + chunk("IDAT", try compressed([0]))
  }

  private static func file(header: [UInt8], _ chunks: [UInt8], data: [UInt8]) -> [UInt8] {
    signature + header + chunks + chunk("IDAT", data) + chunk("IEND", [])
  }

  private static func header(
    _ width: Int, _ height: Int, _ depth: UInt8, _ colour: Colour, isInterlaced: Bool
  ) -> [UInt8] {
    chunk(
      "IHDR",
      bigEndian(UInt32(width)) + bigEndian(UInt32(height))
        + [depth, colour.rawValue, 0, 0, isInterlaced ? 1 : 0])
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
  }

  private static func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
    var size = compressBound(UInt(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(size))
    try #require(compress2(&result, &size, bytes, UInt(bytes.count), 1) == Z_OK)
    return Array(result.prefix(Int(size)))
  }

  /// Blocks of bytes, each repeated so many times.
  private static func compressed(repeating blocks: [([UInt8], Int)]) throws -> [UInt8] {
    var data: [UInt8] = [0x78, 0x9C]
    var whole: UInt = 1
    for (bytes, times) in blocks {
      let block = try deflated(bytes)
      let sum = adler32(1, bytes, UInt32(bytes.count))
      for _ in 0..<times {
        data += block
        whole = adler32_combine(whole, sum, bytes.count)
      }
    }
    // An empty last block, then the checksum.
    return data + [3, 0] + bigEndian(UInt32(truncatingIfNeeded: whole))
  }

  /// Raw deflate blocks that end at a byte and look back at nothing before them.
  private static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    try #require(
      deflateInit2_(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK)
    defer { deflateEnd(&stream) }
    var source = bytes
    var result = [UInt8](repeating: 0, count: Int(compressBound(UInt(bytes.count))) + 64)
    let left = try source.withUnsafeMutableBufferPointer { source in
      try result.withUnsafeMutableBufferPointer { result in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = result.baseAddress
        stream.avail_out = UInt32(result.count)
        try #require(deflate(&stream, Z_FULL_FLUSH) == Z_OK)
        return Int(stream.avail_out)
      }
    }
    return Array(result.dropLast(left))
  }
}
