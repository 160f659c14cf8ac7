import Foundation
import Testing

@testable import Lamina

@Suite struct ReplaceFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func bytesComeBack() throws {
    for count in [0, 1, 4096, 3_000_000] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 >> 3) }
      try writeFile(bytes, to: folder.path("file"))
      #expect(try readFile(folder.path("file")) == bytes)
      #expect(try folder.names == ["file"])
    }
  }

  @Test func pipesCanBeRead() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    let writer = Thread {
      guard let file = FileHandle(forWritingAtPath: path) else { return }
      try? file.write(contentsOf: Data(bytes))
      try? file.close()
    }
    writer.start()
    #expect(try readFile(path) == bytes)
  }

  @Test func filesThatCannotBeReadAreErrors() {
    expectError(.inputOutput, "cannot be opened: No such file or directory") {
      _ = try readFile(folder.path("missing"))
    }
    expectError(.inputOutput, "cannot be read: Is a directory") {
      _ = try readFile(folder.url.path)
    }
  }

  @Test func fileIsReplacedAndItsPermissionsStay() throws {
    let path = try folder.write([1, 2, 3], to: "file")
    for permissions in [0o600, 0o640, 0o444, 0o755] as [mode_t] {
      try #require(chmod(path, permissions) == 0)
      try writeFile([UInt8(permissions & 0xFF)], to: path)
      #expect(try folder.bytes("file") == [UInt8(permissions & 0xFF)])
      #expect(try self.permissions(path) == permissions)
    }
    #expect(try folder.names == ["file"])
  }

  @Test func newFilesFollowTheMask() async {
    // In a process of its own, since the mask is the whole process's.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      for mask in [0o022, 0o077, 0o002] as [mode_t] {
        umask(mask)
        let path = folder.path("file-\(mask)")
        try writeFile([1], to: path)
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o777 == 0o666 & ~mask else { exit(1) }
      }
    }
  }

  @Test func missingFoldersAreErrors() throws {
    let path = folder.path("none/file")
    expectError(.inputOutput, "\(path): cannot be written: No such file") {
      try writeFile([1], to: path)
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func foldersAreNotReplaced() throws {
    let path = try folder.makeFolder("folder")
    _ = try folder.makeFolder("folder/inside")
    expectError(.inputOutput, "\(path): cannot be written: it is a folder") {
      try writeFile([1], to: path)
    }
    #expect(try folder.names == ["folder"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["inside"])
  }

  @Test func filesAreNoFolders() throws {
    let path = try folder.write([7], to: "file")
    expectError(.inputOutput, "Not a directory") { try writeFile([1], to: path + "/inside") }
    #expect(try folder.bytes("file") == [7])
    #expect(try folder.names == ["file"])
  }

  /// A limit on the size of files stands in for a full disk.
  @Test func fullDiskLeavesTheOldFile() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = try folder.write([7, 8, 9], to: "file")
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
      guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
      do throws(LaminaError) {
        try writeFile([UInt8](repeating: 1, count: 200_000), to: path)
        exit(2)
      } catch {
        guard error.kind == .inputOutput, error.message.hasPrefix("\(path): cannot be written: ")
        else { exit(3) }
      }
      guard try folder.bytes("file") == [7, 8, 9], try folder.names == ["file"] else { exit(4) }
      try writeFile([5], to: path)
      guard try folder.bytes("file") == [5] else { exit(5) }
    }
  }

  @Test func symbolicLinksStay() throws {
    let target = try folder.write([1], to: "target")
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    try writeFile([2], to: link)
    #expect(try folder.bytes("target") == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try folder.names == ["link", "target"])
  }

  @Test func linksToNothingAreFollowed() throws {
    _ = try folder.makeFolder("folder")
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "folder/new")
    try writeFile([2], to: link)
    #expect(try folder.bytes("folder/new") == [2])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("circle"), withDestinationPath: "circle")
    expectError(.inputOutput, "Too many levels of symbolic links") {
      try writeFile([2], to: folder.path("circle"))
    }
  }

  @Test func pipesAndDevicesAreNotReplaced() throws {
    let path = folder.path("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    expectError(.inputOutput, "\(path): cannot be written: it is a folder, a pipe or a device") {
      try writeFile([1], to: path)
    }
    #expect(try folder.names == ["pipe"])
  }

  @Test func checkLeavesNothingBehind() throws {
    let path = try folder.write([7], to: "file")
    try checkReplaceable(path)
    try checkReplaceable(folder.path("new"))
    #expect(try folder.names == ["file"])
    #expect(try folder.bytes("file") == [7])
    expectError(.inputOutput, "cannot be written: No such file") {
      try checkReplaceable(folder.path("none/file"))
    }
  }

  @Test func readersSeeTheOldFileOrTheNewOne() throws {
    let path = folder.path("file")
    let old = [UInt8](repeating: 1, count: 300_000)
    try writeFile(old, to: path)
    // Whoever has the old file open keeps it.
    let reader = try #require(FileHandle(forReadingAtPath: path))
    try writeFile([UInt8](repeating: 2, count: 100), to: path)
    #expect(try reader.readToEnd() == Data(old))
    #expect(try folder.bytes("file").count == 100)
  }

  private func permissions(_ path: String) throws -> mode_t {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return status.st_mode & 0o777
  }
}

private func writeFile(_ bytes: [UInt8], to path: String) throws(LaminaError) {
  try replaceFile(at: path) { (file) throws(LaminaError) in try file.write(bytes) }
}

private func readFile(_ path: String) throws(LaminaError) -> [UInt8] {
  try ByteReader(path: path).read(atMost: .max)
}
