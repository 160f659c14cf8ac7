import Foundation
import Lamina
import LaminaPNG
import Testing

@Suite struct PNGDecoderTests {
  private let decoder = PNGDecoder()

  @Test func fixturesAreThere() {
    #expect(Fixtures.sound.count > 80)
    #expect(Fixtures.damaged.count > 35)
  }

  // MARK: Sound pictures

  @Test(arguments: Fixtures.sound)
  func everyColourTypeDepthAndInterlacingGivesTheRightGreys(_ fixture: Fixtures.Sound) throws {
    #expect(try decoder.decode(path: Fixtures.path(fixture.name)) == fixture.image)
    let bytes = try Fixtures.bytes(fixture.name)
    #expect(try decoder.decode(bytes.span, name: fixture.name) == fixture.image)
  }

  @Test(arguments: [
    ("large.png", 6_000, 2_000), ("large-adam7.png", 2_500, 61), ("large-tall.png", 3, 10_000),
  ])
  func largePictureBecomesTheAveragesOfItsBoxes(name: String, width: Int, height: Int) throws {
    let image = try decoder.decode(path: Fixtures.path(name))
    let factor = (max(width, height) + 1_023) / 1_024
    let boxes = (0..<(width + factor - 1) / factor).map {
      box($0, of: factor, within: width, stripe: 7)
    }
    let expected = (0..<(height + factor - 1) / factor).flatMap { row in
      let rows = box(row, of: factor, within: height, stripe: 5)
      return boxes.map { columns in
        // White is where one of the two stripes is odd, but not both.
        let white = columns.odd * (rows.all - rows.odd) + (columns.all - columns.odd) * rows.odd
        let all = columns.all * rows.all
        return UInt8((255 * white + all / 2) / all)
      }
    }
    #expect(image.width == boxes.count)
    #expect(image.pixels == expected)
  }

  /// How many pixels a box has along an axis, and how many of them lie in odd stripes.
  private func box(
    _ index: Int, of factor: Int, within length: Int, stripe: Int
  ) -> (all: Int, odd: Int) {
    let pixels = index * factor..<min((index + 1) * factor, length)
    return (pixels.count, pixels.count { $0 / stripe % 2 == 1 })
  }

  // MARK: Errors

  @Test(arguments: Fixtures.damaged)
  func damageGivesAnErrorWithFileAndReason(_ fixture: Fixtures.Damaged) throws {
    let path = Fixtures.path(fixture.name)
    let error = #expect(throws: LaminaError.self) { try decoder.decode(path: path) }
    #expect(error?.kind == .image)
    #expect(error?.message.hasPrefix("\(path): ") == true)
    #expect(error?.message.contains(fixture.words) == true, "\(error?.message ?? "")")

    let bytes = try Fixtures.bytes(fixture.name)
    let same = #expect(throws: LaminaError.self) {
      try decoder.decode(bytes.span, name: "<memory>")
    }
    #expect(same?.message.hasPrefix("<memory>: ") == true)
    #expect(same?.message.contains(fixture.words) == true)
  }

  @Test func everyTruncationIsAnError() throws {
    for name in ["rgb-8-5x7.png", "palette-4-trns.png", "grey-16-adam7-33x9.png"] {
      let bytes = try Fixtures.bytes(name)
      for count in bytes.indices {
        let part = Array(bytes.prefix(count))
        let error = #expect(throws: LaminaError.self) {
          try decoder.decode(part.span, name: "part")
        }
        let isNamed =
          error?.message == "part: truncated: it ends after \(count) bytes"
          || error?.message == "part: not a PNG file (it is empty)"
        #expect(isNamed, "\(error?.message ?? "")")
      }
    }
  }

  @Test func missingFileAndFolderAreInputErrors() {
    let missing = #expect(throws: LaminaError.self) { try decoder.decode(path: "/no/seven.png") }
    #expect(missing?.kind == .inputOutput)
    #expect(
      missing?.message == "/no/seven.png: cannot be opened: No such file or directory")
    let folder = #expect(throws: LaminaError.self) { try decoder.decode(path: "/") }
    #expect(folder?.kind == .inputOutput)
    #expect(folder?.message == "/: cannot be read: Is a directory")
  }

  @Test func emptyMemoryIsNoPNGFile() {
    let nothing: [UInt8] = []
    let error = #expect(throws: LaminaError.self) {
      try decoder.decode(nothing.span, name: "<memory>")
    }
    #expect(error == LaminaError(.image, "<memory>: not a PNG file (it is empty)"))
  }

  // MARK: Limits

  @Test func pixelLimitHoldsToThePixel() throws {
    let path = Fixtures.path("grey-8-5x7.png")
    #expect(throws: Never.self) { try PNGDecoder(maximumPixels: 35).decode(path: path) }
    let error = #expect(throws: LaminaError.self) {
      try PNGDecoder(maximumPixels: 34).decode(path: path)
    }
    #expect(error == LaminaError(.image, "\(path): 5x7 pixels, at most 34 are allowed"))
  }

  @Test func hugeHeaderWithoutDataFailsEvenWithoutAPixelLimit() {
    let unlimited = PNGDecoder(maximumPixels: .max)
    for name in ["huge", "hugest", "wide"] {
      #expect(throws: LaminaError.self) {
        try unlimited.decode(path: Fixtures.path("damaged-header-\(name).png"))
      }
    }
  }

  // MARK: Hostile bytes

  @Test func randomBytesNeverCrash() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      bytes += (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(throws: LaminaError.self) { try decoder.decode(bytes.span, name: "random") }
    }
  }

  @Test func mutatedPicturesNeverCrash() throws {
    var generator = SeededGenerator(seed: 2)
    let names = Fixtures.sound.map(\.name) + ["damaged-palette-index.png"]
    let sources = try names.map(Fixtures.bytes).filter { $0.count < 2_000 }
    let limited = PNGDecoder(maximumPixels: 100_000)
    var decoded = 0
    for _ in 0..<4_000 {
      var bytes = sources[Int.random(in: sources.indices, using: &generator)]
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: 8..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      PNGChunks.repairChecksums(of: &bytes)
      guard let image = try? limited.decode(bytes.span, name: "mutated") else { continue }
      decoded += 1
      _ = try? DigitPreprocessor().digit(from: image)
    }
    #expect(decoded > 200)
  }
}

/// Makes mutations reach behind the checksums.
private enum PNGChunks {
  static func repairChecksums(of bytes: inout [UInt8]) {
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = start + 8 + length
      guard end + 4 <= bytes.count else { return }
      let sum = checksum(bytes[start + 4..<end])
      for index in 0..<4 {
        bytes[end + index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * index))
      }
      start = end + 4
    }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in
      sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1
    }
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in table[Int((sum ^ UInt32(byte)) & 255)] ^ (sum >> 8) }
  }
}
