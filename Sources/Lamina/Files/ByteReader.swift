import CSystem

/// Bytes that are read once, from front to back, out of a file or of memory.
final class ByteReader {
  private enum Source {
    case file(descriptor: Int32)
    case memory(UnsafeRawBufferPointer)
  }

  private let source: Source
  private var position = 0
  /// How many bytes there are in all; nil where nobody knows, as of a pipe.
  private let size: Int?

  /// - Throws: `.inputOutput`
  convenience init(path: String) throws(LaminaError) {
    let descriptor = laminasystem_open_for_reading(path)
    guard descriptor >= 0 else {
      throw LaminaError(.inputOutput, "cannot be opened: \(systemError())")
    }
    let size = laminasystem_regular_size(descriptor)
    self.init(.file(descriptor: descriptor), size: size < 0 ? nil : Int(size))
  }

  /// - Parameter bytes: stay as they are while they are read.
  convenience init(_ bytes: UnsafeRawBufferPointer) {
    self.init(.memory(bytes), size: bytes.count)
  }

  private init(_ source: Source, size: Int?) {
    self.source = source
    self.size = size
  }

  deinit {
    if case .file(let descriptor) = source { close(descriptor) }
  }

  /// How many bytes are left; nil where nobody knows.
  var remainingCount: Int? { size.map { max(0, $0 - position) } }

  /// Fills the buffer.
  ///
  /// - Returns: how many bytes there were; fewer than fit in only at the end.
  /// - Throws: `.inputOutput`
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(LaminaError) -> Int {
    var count = 0
    while count < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let piece = try readPiece(into: rest)
      if piece == 0 { break }
      count += piece
      position += piece
    }
    return count
  }

  /// The next bytes, at most so many. Memory grows with what is there.
  ///
  /// - Throws: `.inputOutput`
  func read(atMost limit: Int) throws(LaminaError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let piece = try readArray(min(limit - bytes.count, 1 << 16))
      if piece.isEmpty { break }
      bytes += piece
    }
    return bytes
  }

  /// Reads over the next bytes.
  ///
  /// - Returns: how many there were, at most so many.
  func skip(_ count: Int) throws(LaminaError) -> Int {
    var skipped = 0
    while skipped < count {
      let piece = try readArray(min(count - skipped, 1 << 16))
      if piece.isEmpty { break }
      skipped += piece.count
    }
    return skipped
  }

  private func readArray(_ count: Int) throws(LaminaError) -> [UInt8] {
    var failure: LaminaError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      do throws(LaminaError) {
        initializedCount = try read(into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private func readPiece(into buffer: UnsafeMutableRawBufferPointer) throws(LaminaError) -> Int {
    switch source {
    case .memory(let bytes):
      let rest = bytes[min(position, bytes.count)...].prefix(buffer.count)
      buffer.copyBytes(from: rest)
      return rest.count
    case .file(let descriptor):
      while true {
        let result = CSystem.read(descriptor, buffer.baseAddress, buffer.count)
        if result >= 0 { return result }
        guard laminasystem_errno() == laminasystem_interrupted else {
          throw LaminaError(.inputOutput, "cannot be read: \(systemError())")
        }
      }
    }
  }
}
