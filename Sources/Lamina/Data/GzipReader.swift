import CZlib

/// Reads a file from front to back, plain or compressed by gzip.
final class GzipReader {
  private let source: ByteReader
  private let isCompressed: Bool
  private var stream = z_stream()
  private let isReady: Bool
  /// Bytes of the file that are read but not used yet, from `inputStart` on.
  private var input: [UInt8]
  private var inputStart = 0
  private var isAtStreamEnd = false

  /// - Throws: `.inputOutput`
  convenience init(path: String) throws(LaminaError) {
    let source = try ByteReader(path: path)
    try self.init(source, firstBytes: source.read(atMost: 2))
    guard isReady else { throw LaminaError(.outOfMemory, "no memory for zlib") }
  }

  private init(_ source: ByteReader, firstBytes: [UInt8]) {
    self.source = source
    input = firstBytes
    isCompressed = firstBytes == [0x1F, 0x8B]
    // 15 bits of window as ever, and 16 for a gzip header with its checksum.
    isReady =
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
  }

  deinit {
    inflateEnd(&stream)
  }

  /// The next bytes. Memory grows with what is there, not with `count`.
  ///
  /// - Throws: `.format` where the file ends before, saying what the bytes are
  ///   `of`, or is damaged; `.inputOutput` where it cannot be read.
  func read(_ count: Int, _ purpose: String) throws(LaminaError) -> [UInt8] {
    var bytes: [UInt8] = []
    // A plain file tells how much is there.
    if !isCompressed, let rest = source.remainingCount {
      bytes.reserveCapacity(min(count, rest + input.count))
    }
    while bytes.count < count {
      let piece = try readPiece(atMost: min(count - bytes.count, 1 << 20))
      guard !piece.isEmpty else {
        throw LaminaError(
          .format, "the file ends after \(bytes.count) of \(count) bytes \(purpose)")
      }
      bytes += piece
    }
    return bytes
  }

  /// Whether nothing follows; of a compressed file this checks its checksum.
  func isAtEnd() throws(LaminaError) -> Bool {
    try readPiece(atMost: 1).isEmpty
  }

  private func readPiece(atMost count: Int) throws(LaminaError) -> [UInt8] {
    guard isCompressed else {
      let early = Array(input[inputStart...].prefix(count))
      inputStart += early.count
      return early.isEmpty ? try source.read(atMost: count) : early
    }
    while !isAtStreamEnd {
      if inputStart == input.count {
        input = try source.read(atMost: 1 << 16)
        inputStart = 0
        guard !input.isEmpty else {
          throw LaminaError(.format, "the compressed file is cut off")
        }
      }
      let piece = try inflatePiece(atMost: count)
      if !piece.isEmpty { return piece }
    }
    let next = try source.read(atMost: 1)
    guard inputStart == input.count, next.isEmpty else {
      throw LaminaError(.format, "bytes after the end of the compressed data")
    }
    return []
  }

  /// What the input at hand gives; it may be nothing yet.
  private func inflatePiece(atMost count: Int) throws(LaminaError) -> [UInt8] {
    var result = Z_OK
    let piece = [UInt8](unsafeUninitializedCapacity: count) { output, initializedCount in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress.map { $0 + inputStart }
        stream.avail_in = UInt32(input.count - inputStart)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(count)
        result = inflate(&stream, Z_NO_FLUSH)
        inputStart = input.count - Int(stream.avail_in)
        initializedCount = count - Int(stream.avail_out)
      }
    }
    guard result == Z_OK || result == Z_STREAM_END else {
      let reason = stream.msg.map { String(cString: $0) } ?? "error \(result) of zlib"
      throw LaminaError(result == Z_MEM_ERROR ? .outOfMemory : .format, "damaged: \(reason)")
    }
    isAtStreamEnd = result == Z_STREAM_END
    return piece
  }
}
