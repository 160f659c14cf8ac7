import CSystem
import CZlib

/// Reads a file from front to back, plain or compressed by gzip.
struct GzipReader {
  private let file: gzFile

  /// - Throws: `.inputOutput`
  init(path: String) throws(LaminaError) {
    guard let file = gzopen(path, "rb") else {
      throw LaminaError(.inputOutput, "cannot be opened: \(systemError())")
    }
    self.file = file
  }

  func close() {
    gzclose_r(file)
  }

  /// The next bytes. Memory grows with what is there, not with `count`.
  ///
  /// - Throws: `.format` where the file ends before, saying what the bytes are
  ///   `of`; `.inputOutput` where it cannot be read.
  func read(_ count: Int, _ purpose: String) throws(LaminaError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try readPiece(atMost: min(count - bytes.count, 1 << 22))
      guard !piece.isEmpty else {
        throw LaminaError(
          .format, "the file ends after \(bytes.count) of \(count) bytes \(purpose)")
      }
      bytes += piece
    }
    return bytes
  }

  func isAtEnd() throws(LaminaError) -> Bool {
    try readPiece(atMost: 1).isEmpty
  }

  private func readPiece(atMost count: Int) throws(LaminaError) -> [UInt8] {
    var failed = false
    let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let result = gzread(file, buffer.baseAddress, UInt32(truncatingIfNeeded: count))
      failed = result < 0
      initializedCount = max(0, Int(result))
    }
    var code: Int32 = 0
    let text = gzerror(file, &code)
    // A gzip stream that is cut off gives what it has, then this code.
    if code == Z_BUF_ERROR {
      throw LaminaError(.format, "the compressed file is cut off")
    }
    guard !failed else {
      guard code != Z_ERRNO else {
        throw LaminaError(.inputOutput, "cannot be read: \(systemError())")
      }
      throw LaminaError(
        .format, "damaged: \(text.map { String(cString: $0) } ?? "unknown reason")")
    }
    return piece
  }
}
