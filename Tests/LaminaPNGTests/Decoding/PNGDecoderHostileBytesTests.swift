import Lamina
import LaminaPNG
import Testing

@Suite struct PNGDecoderHostileBytesTests {
  private let decoder = PNGDecoder()

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
      guard let picture = try? limited.decode(bytes.span, name: "mutated") else { continue }
      decoded += 1
      _ = try? DigitPreprocessor().digit(from: picture)
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
