import Testing

@testable import Lamina

@Suite struct IDXFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expectFailure(
    _ kind: LaminaError.Kind, _ fragments: String..., bytes: [UInt8],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = try folder.write(bytes, to: "damaged")
    for fragment in fragments + [path + ": "] {
      expectError(kind, fragment, sourceLocation: sourceLocation) { _ = try IDXFile(path: path) }
    }
  }

  @Test func axesAndElementsAreRead() throws {
    let elements = (0..<24).map { UInt8($0) }
    let file = try IDXFile(path: folder.write(idxBytes([2, 3, 4], elements), to: "plain"))
    #expect(file.shape == [2, 3, 4])
    #expect(file.bytes == elements)
  }

  @Test func lengthsAreBigEndian() throws {
    let elements = [UInt8](repeating: 7, count: 258)
    let path = try folder.write([0, 0, 8, 1, 0, 0, 1, 2] + elements, to: "plain")
    #expect(try IDXFile(path: path).shape == [258])
  }

  @Test func eightAxesAreTheMost() throws {
    let path = try folder.write(idxBytes([1, 1, 1, 1, 1, 1, 1, 2], [8, 9]), to: "eight")
    let file = try IDXFile(path: path)
    #expect(file.shape.rank == 8)
    #expect(file.bytes == [8, 9])
  }

  @Test func anEmptyAxisHoldsNothing() throws {
    let file = try IDXFile(path: folder.write(idxBytes([0, 28, 28], []), to: "none"))
    #expect(file.shape == [0, 28, 28])
    #expect(file.bytes.isEmpty)
  }

  @Test func gzipIsRecognised() throws {
    // Above the size of the pieces in which files are read.
    let elements = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 3) }
    let bytes = try gzipped(idxBytes([5000, 1000], elements), in: folder)
    let file = try IDXFile(path: folder.write(bytes, to: "file.gz"))
    #expect(file.shape == [5000, 1000])
    #expect(file.bytes == elements)
  }

  @Test func wrongMagicIsRefused() throws {
    try expectFailure(
      .format, "not an IDX file", "137, 80", "expected 0, 0", bytes: [0x89, 0x50, 0x4E, 0x47])
    try expectFailure(
      .unsupported, "IDX type 13", "expected 8", bytes: idxBytes([1], [0], magic: [0, 0, 13, 1]))
    for axes in [0, 9, 255] as [UInt8] {
      try expectFailure(
        .format, "\(axes) axes; expected 1 to 8",
        bytes: [0, 0, 8, axes] + [UInt8](repeating: 0, count: 1020))
    }
  }

  @Test func tooFewBytesAreAnError() throws {
    try expectFailure(.format, "ends after 0 of 4 bytes of the magic number", bytes: [])
    try expectFailure(.format, "ends after 3 of 4 bytes of the magic number", bytes: [0, 0, 8])
    try expectFailure(
      .format, "ends after 5 of 8 bytes of the axes' lengths", bytes: [0, 0, 8, 2, 0, 0, 0, 1, 0])
    try expectFailure(
      .format, "ends after 5 of 6 bytes of [2, 3] elements",
      bytes: idxBytes([2, 3], [1, 2, 3, 4, 5]))
  }

  @Test func tooManyBytesAreAnError() throws {
    try expectFailure(
      .format, "more bytes than the 2 of shape [2]", bytes: idxBytes([2], [1, 2, 3]))
  }

  @Test func hugeShapesAskForNoMemory() throws {
    let huge = UInt32.max
    try expectFailure(
      .format, "too large", bytes: idxBytes([huge, huge, huge, huge], [1, 2, 3]))
    try expectFailure(
      .format, "ends after 3 of 4294967295 bytes", bytes: idxBytes([huge], [1, 2, 3]))
  }

  @Test func cutOffGzipIsAnErrorAtEveryLength() throws {
    let whole = try gzipped(idxBytes([30], (0..<30).map { UInt8($0 * 7) }), in: folder)
    for length in 0..<whole.count {
      let path = try folder.write(Array(whole[..<length]), to: "cut.gz")
      expectError(.format, path) { _ = try IDXFile(path: path) }
    }
    try expectFailure(.format, "compressed file is cut off", bytes: Array(whole.dropLast(12)))
  }

  @Test func cutOffChecksumIsAnError() throws {
    // So much that zlib has given all elements before it misses the end.
    var generator = SeededGenerator(seed: 9)
    let elements = (0..<60_000).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
    let whole = try gzipped(idxBytes([60_000], elements), in: folder)
    for missing in 1...20 {
      let path = try folder.write(Array(whole.dropLast(missing)), to: "cut.gz")
      expectError(.format, path, "cut off") { _ = try IDXFile(path: path) }
    }
  }

  @Test func damagedGzipIsAnError() throws {
    let elements = (0..<200).map { UInt8(truncatingIfNeeded: $0 * $0) }
    var bytes = try gzipped(idxBytes([200], elements), in: folder)
    bytes[bytes.count - 6] ^= 0x55
    try expectFailure(.format, "damaged: ", bytes: bytes)
    bytes[bytes.count - 6] ^= 0x55
    bytes[20] ^= 0xFF
    let path = try folder.write(bytes, to: "damaged.gz")
    expectError(.format, path) { _ = try IDXFile(path: path) }
  }

  @Test func filesThatCannotBeReadAreErrors() throws {
    let missing = folder.path("missing")
    expectError(.inputOutput, missing, "cannot be opened", "No such file") {
      _ = try IDXFile(path: missing)
    }
    let directory = folder.url.path
    expectError(.inputOutput, directory, "Is a directory") { _ = try IDXFile(path: directory) }
  }
}
