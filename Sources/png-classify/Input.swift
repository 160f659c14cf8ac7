import Glibc
import Lamina

/// Something to classify, or to report as impossible to.
enum Input {
  case file(String)
  case standardInput
  case unusable(String, LaminaError)

  /// What reports call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "-"
    case .unusable(let path, _): path
    }
  }

  /// What an argument of the command stands for: "-", a file, or all PNG files of a folder.
  static func expand(_ argument: String) -> [Input] {
    if argument == "-" { return [.standardInput] }
    guard isFolder(argument) else { return [.file(argument)] }
    var search = FolderSearch()
    search.visit(argument)
    if search.found.isEmpty {
      let error = LaminaError(.invalidArgument, "\(argument): no PNG file in this folder")
      return [.unusable(argument, error)]
    }
    return search.found.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}

/// Collects the PNG files of a folder and of the folders in it. As a shell's `*.png` does, it
/// passes over hidden files and folders; links to folders are not followed, so that it ends.
private struct FolderSearch {
  private(set) var found: [Input] = []

  mutating func visit(_ folder: String) {
    guard let stream = opendir(folder) else {
      fail(folder, "cannot be opened: \(String(cString: strerror(errno)))")
      return
    }
    defer { closedir(stream) }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    while let entry = readdir(stream) {
      let (name, isText) = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: 256) {
          (String(cString: $0), String(validatingCString: $0) != nil)
        }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = prefix + name
      if isText {
        visit(path, type: Int32(entry.pointee.d_type), isPNG: hasPNGExtension(name))
      } else if hasPNGExtension(name) {
        fail(path, "the file's name is not UTF-8")
      }
    }
  }

  private mutating func visit(_ path: String, type: Int32, isPNG: Bool) {
    switch kind(of: path, type) {
    case S_IFDIR: visit(path)
    // Neither pipes nor devices, which could block or never end.
    case S_IFREG where isPNG: found.append(.file(path))
    default: break
    }
  }

  private mutating func fail(_ path: String, _ message: String) {
    found.append(.unusable(path, LaminaError(.inputOutput, "\(path): \(message)")))
  }

  /// What the entry is; of links, only those to files count.
  private func kind(of path: String, _ type: Int32) -> mode_t? {
    if type == Int32(DT_DIR) { return S_IFDIR }
    if type == Int32(DT_REG) { return S_IFREG }
    var status = stat()
    // Some file systems do not say what an entry is.
    if type == Int32(DT_UNKNOWN), lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
      return status.st_mode & S_IFMT
    }
    guard type == Int32(DT_LNK) || type == Int32(DT_UNKNOWN), stat(path, &status) == 0,
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    return S_IFREG
  }

  private func hasPNGExtension(_ name: String) -> Bool {
    name.utf8.count > 4 && name.suffix(4).lowercased() == ".png"
  }
}

/// All that standard input holds.
///
/// - Throws: `.inputOutput`
func readStandardInput() throws(LaminaError) -> [UInt8] {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 {
      return bytes
    } else if errno != EINTR {
      throw LaminaError(
        .inputOutput, "standard input: cannot be read: \(String(cString: strerror(errno)))")
    }
  }
}
