import CSystem

/// The bytes of a file. Memory grows with what is read, so that pipes work and
/// no claimed size is believed.
///
/// - Throws: `.inputOutput`, without the path.
func readFile(_ path: String) throws(LaminaError) -> [UInt8] {
  let descriptor = laminasystem_open_for_reading(path)
  guard descriptor >= 0 else {
    throw LaminaError(.inputOutput, "cannot be opened: \(systemError())")
  }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  while true {
    let piece = readPiece(descriptor, atMost: 1 << 20)
    guard let piece else {
      throw LaminaError(.inputOutput, "cannot be read: \(systemError())")
    }
    if piece.isEmpty { return bytes }
    bytes += piece
  }
}

/// The next bytes, none at the end; nil where reading failed.
private func readPiece(_ descriptor: Int32, atMost count: Int) -> [UInt8]? {
  var failed = false
  let piece = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
    var result: Int
    repeat {
      result = read(descriptor, buffer.baseAddress, count)
    } while result < 0 && laminasystem_errno() == laminasystem_interrupted
    failed = result < 0
    initializedCount = max(0, result)
  }
  return failed ? nil : piece
}

/// Puts a file's new contents in place in one step: they go to a temporary file
/// beside it, reach the disk, and then take its name.
///
/// - Throws: `.inputOutput`; the old file is then as it was, and no temporary
///   file is left.
func writeFile(_ bytes: [UInt8], to path: String) throws(LaminaError) {
  // A symbolic link stays one: what it leads to is replaced.
  let path = linkTarget(of: path) ?? path
  let (descriptor, temporary) = try createTemporaryFile(beside: path)
  do throws(LaminaError) {
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
    guard
      laminasystem_set_permissions(descriptor, laminasystem_permissions(path)) == 0,
      fsync(descriptor) == 0
    else {
      throw LaminaError(.inputOutput, "cannot be written: \(systemError())")
    }
  } catch {
    unlink(temporary)
    throw error.at(path)
  }
  guard rename(temporary, path) == 0 else {
    let error = LaminaError(.inputOutput, "\(path): cannot be replaced: \(systemError())")
    unlink(temporary)
    throw error
  }
  // Best effort: some file systems cannot flush a folder.
  _ = laminasystem_flush_folder_of(path)
}

private func linkTarget(of path: String) -> String? {
  guard let target = laminasystem_resolve_links(path) else { return nil }
  defer { free(target) }
  return String(cString: target)
}

private func createTemporaryFile(
  beside path: String
) throws(LaminaError) -> (descriptor: Int32, path: String) {
  for attempt in 0..<1000 {
    let temporary = "\(path).\(getpid())-\(attempt).tmp"
    let descriptor = laminasystem_create_file(temporary)
    if descriptor >= 0 { return (descriptor, temporary) }
    guard laminasystem_errno() == laminasystem_exists else { break }
  }
  throw LaminaError(.inputOutput, "\(path): cannot be written: \(systemError())")
}

private func write(_ bytes: [UInt8], to descriptor: Int32) throws(LaminaError) {
  var written = 0
  while written < bytes.count {
    let result = bytes.withUnsafeBytes { buffer in
      CSystem.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
    }
    guard result >= 0 || laminasystem_errno() == laminasystem_interrupted else {
      throw LaminaError(.inputOutput, "cannot be written: \(systemError())")
    }
    written += max(0, result)
  }
}
