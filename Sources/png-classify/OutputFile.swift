import ArgumentParser
import Glibc
import Lamina

/// A file that a command reads, and what messages call it.
struct InputFile {
  let path: String
  let description: String
}

/// Refuses an output that would take the place of another of the command's files, by whatever
/// name or link it is called.
///
/// - Parameter option: the output's, such as "--report".
/// - Throws: `ValidationError`, naming both.
func checkDistinct(_ output: String, _ option: String, from files: [InputFile]) throws {
  guard let identity = FileIdentity(of: output) else { return }
  for file in files where FileIdentity(of: file.path) == identity {
    throw ValidationError(
      "\(option) and \(file.description) are the same file: \(printable(output))")
  }
}

/// Which file a path stands for.
private enum FileIdentity: Equatable {
  case existing(device: dev_t, inode: ino_t)
  /// A file that is to be made, by its path without links.
  case missing(String)

  /// Nil where no file can be there, which reading or writing it then says.
  init?(of path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      self = .existing(device: status.st_dev, inode: status.st_ino)
      return
    }
    guard let target = try? replaceableFile(at: path) else { return nil }
    let parts = target.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let searched = parts.count > 1 ? folder + "/" : "."
    guard let name = parts.last, let real = realpath(searched, nil) else { return nil }
    defer { free(real) }
    self = .missing(String(cString: real) + "/" + name)
  }
}
