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

  var isStandardInput: Bool {
    if case .standardInput = self { return true }
    return false
  }

  /// What an argument of the command stands for: "-", a file, or all PNG files of a folder.
  static func expand(_ argument: String) -> [Input] {
    if argument == "-" { return [.standardInput] }
    if mangledArguments.contains(argument) { return [.unusable(argument, notText(argument))] }
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

/// The arguments that are not UTF-8, as Swift shows them: they are no files' names any more.
private let mangledArguments: Set<String> = {
  let arguments = UnsafeBufferPointer(
    start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
  let mangled = arguments.compactMap { $0 }.filter { String(validatingCString: $0) == nil }
  return Set(mangled.map { String(cString: $0) })
}()

private func notText(_ path: String) -> LaminaError {
  LaminaError(.inputOutput, "\(path): the file's name is not UTF-8")
}

/// Makes sure that an option's value is what was typed, not another file's name.
///
/// - Throws: `.inputOutput`
func checkIsText(_ value: String) throws(LaminaError) {
  if mangledArguments.contains(where: { $0.hasSuffix(value) }) { throw notText(value) }
}

/// Collects the PNG files of a folder and of the folders in it. As a shell's `*.png` does, it
/// passes over hidden files and folders; links to folders are not followed, so that it ends. Links
/// that lead nowhere are files that cannot be opened.
private struct FolderSearch {
  private(set) var found: [Input] = []

  mutating func visit(_ folder: String) {
    guard let stream = opendir(folder) else {
      let message = "\(folder): cannot be opened: \(String(cString: strerror(errno)))"
      found.append(.unusable(folder, LaminaError(.inputOutput, message)))
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
        found.append(.unusable(path, notText(path)))
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

  /// What the entry is; links to folders, pipes and devices do not count.
  private func kind(of path: String, _ type: Int32) -> mode_t? {
    if type == Int32(DT_DIR) { return S_IFDIR }
    if type == Int32(DT_REG) { return S_IFREG }
    var status = stat()
    // Some file systems do not say what an entry is.
    if type == Int32(DT_UNKNOWN), lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFLNK {
      return status.st_mode & S_IFMT
    }
    guard type == Int32(DT_LNK) || type == Int32(DT_UNKNOWN) else { return nil }
    let isFile = stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    return isFile ? S_IFREG : nil
  }

  private func hasPNGExtension(_ name: String) -> Bool {
    name.utf8.count > 4 && name.suffix(4).lowercased() == ".png"
  }
}

private let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

/// All that standard input holds; only its beginning where that is no PNG file's, since such input
/// may have no end.
///
/// - Throws: `.inputOutput`, also where it is larger than 1 GiB.
func readStandardInput() throws(LaminaError) -> [UInt8] {
  let mostBytes = 1 << 30
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while pngSignature.starts(with: bytes.prefix(pngSignature.count)) {
    let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count > 0 {
      guard count <= mostBytes - bytes.count else {
        throw LaminaError(.inputOutput, "standard input: larger than 1 GiB")
      }
      bytes += buffer[..<count]
    } else if count == 0 {
      break
    } else if errno != EINTR {
      throw LaminaError(
        .inputOutput, "standard input: cannot be read: \(String(cString: strerror(errno)))")
    }
  }
  return bytes
}
