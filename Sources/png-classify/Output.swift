import ArgumentParser
import Glibc
import Lamina

/// Standard output, unbuffered, so that a reader sees each answer when it is there.
enum Output {
  /// - Throws: `LaminaError` where it cannot be written; a quiet status where nobody reads it any
  ///   more and the broken pipe's signal is ignored.
  static func write(_ text: String) throws {
    let error = writeAll(text, to: STDOUT_FILENO)
    if error == EPIPE { throw Status.brokenPipe }
    guard error == 0 else {
      throw LaminaError(.inputOutput, "standard output: \(String(cString: strerror(error)))")
    }
  }
}

/// Tells the user on standard error what went wrong.
func complain(_ message: String) {
  _ = writeAll("png-classify: \(printable(message))\n", to: STDERR_FILENO)
}

/// Writes on standard error for a person who watches; nothing depends on it, so failing is no error.
func showProgress(_ text: String) {
  _ = writeAll(text, to: STDERR_FILENO)
}

/// - Returns: 0, or the `errno` of what failed.
private func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if written >= 0 {
      rest = rest.dropFirst(written)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
