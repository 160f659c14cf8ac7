import CSystem

/// A file that grows at its end, each piece at once, as a log does.
final class AppendedFile {
  private let path: String
  private let file: UnsafeMutablePointer<FILE>
  /// How many bytes the file has.
  private(set) var length: Int

  private init(path: String, file: UnsafeMutablePointer<FILE>, length: Int) {
    self.path = path
    self.file = file
    self.length = length
  }

  /// Opens a file, or makes one where there is none.
  ///
  /// - Parameter kept: how many bytes stay of those that are there, at most;
  ///   nil keeps all.
  /// - Throws: `.inputOutput`
  convenience init(_ path: String, keeping kept: Int?) throws(LaminaError) {
    guard let file = fopen(path, "ae") else { throw AppendedFile.failure(path) }
    // What is no regular file, such as /dev/stdout, has no length to cut.
    var length = max(0, Int(laminasystem_regular_size(fileno(file))))
    if let kept, kept < length {
      guard ftruncate(fileno(file), kept) == 0 else {
        let error = AppendedFile.failure(path)
        fclose(file)
        throw error
      }
      length = kept
    }
    self.init(path: path, file: file, length: length)
  }

  deinit {
    fclose(file)
  }

  /// - Throws: `.inputOutput`
  func append(_ text: String) throws(LaminaError) {
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0 else {
      throw AppendedFile.failure(path)
    }
    length += bytes.count
  }

  private static func failure(_ path: String) -> LaminaError {
    LaminaError(.inputOutput, "\(path): cannot be written: \(systemError())")
  }
}
