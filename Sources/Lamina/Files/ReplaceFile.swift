import CSystem

/// Puts a file's new contents in place in one step: they go to a temporary file
/// beside it, reach the disk, and then take its name.
///
/// - Parameter write: writes the contents.
/// - Throws: `.inputOutput`; the old file is then as it was, and no temporary
///   file is left.
package func replaceFile(
  at path: String, _ write: (FileWriter) throws(LaminaError) -> Void
) throws(LaminaError) {
  let target = try replaceableFile(at: path)
  let (writer, temporary) = try createTemporaryFile(beside: target)
  do throws(LaminaError) {
    try write(writer)
    try writer.finish(permissions: laminasystem_permissions(target))
  } catch {
    unlink(temporary)
    throw error.at(path)
  }
  guard rename(temporary, target) == 0 else {
    let error = LaminaError(.inputOutput, "\(path): cannot be replaced: \(systemError())")
    unlink(temporary)
    throw error
  }
  // Best effort: some file systems cannot flush a folder.
  _ = laminasystem_flush_folder_of(target)
}

/// Finds out whether `replaceFile` could work, without touching the file.
///
/// - Throws: `.inputOutput`
package func checkReplaceable(_ path: String) throws(LaminaError) {
  let (_, temporary) = try createTemporaryFile(beside: replaceableFile(at: path))
  unlink(temporary)
}

/// The file that is to be replaced: where the path is a symbolic link, what it
/// leads to, so that the link stays.
///
/// - Throws: `.inputOutput`
package func replaceableFile(at path: String) throws(LaminaError) -> String {
  guard !path.isEmpty else {
    throw LaminaError(.inputOutput, "cannot be written: the path is empty")
  }
  guard let followed = laminasystem_follow_links(path) else {
    throw LaminaError(.inputOutput, "\(path): cannot be written: \(systemError())")
  }
  defer { free(followed) }
  guard laminasystem_is_replaceable(followed) != 0 else {
    throw LaminaError(
      .inputOutput, "\(path): cannot be written: it is a folder, a pipe or a device")
  }
  return String(cString: followed)
}

private func createTemporaryFile(
  beside path: String
) throws(LaminaError) -> (writer: FileWriter, path: String) {
  for attempt in 0..<1000 {
    let temporary = "\(path).\(getpid())-\(attempt).tmp"
    let descriptor = laminasystem_create_file(temporary)
    if descriptor >= 0 { return (FileWriter(descriptor: descriptor), temporary) }
    guard laminasystem_errno() == laminasystem_exists else { break }
  }
  throw LaminaError(.inputOutput, "\(path): cannot be written: \(systemError())")
}

/// Writes to an open file, which it closes.
package final class FileWriter {
  private let descriptor: Int32

  fileprivate init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// - Throws: `.inputOutput`
  package func write(_ bytes: [UInt8]) throws(LaminaError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(LaminaError) in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// - Throws: `.inputOutput`
  func write(_ bytes: UnsafeRawBufferPointer) throws(LaminaError) {
    var written = 0
    while written < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let result = CSystem.write(descriptor, rest.baseAddress, rest.count)
      guard result >= 0 || laminasystem_errno() == laminasystem_interrupted else {
        throw LaminaError(.inputOutput, "cannot be written: \(systemError())")
      }
      written += max(0, result)
    }
  }

  /// Makes sure that all is on the disk.
  fileprivate func finish(permissions: Int32) throws(LaminaError) {
    guard laminasystem_set_permissions(descriptor, permissions) == 0, fsync(descriptor) == 0
    else {
      throw LaminaError(.inputOutput, "cannot be written: \(systemError())")
    }
  }
}
