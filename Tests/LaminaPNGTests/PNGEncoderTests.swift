import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PNGEncoderTests {
  @Test(arguments: [(1, 1), (3, 2), (28, 28), (1, 300), (300, 1), (257, 63)])
  func greyPicturesComeBackAsTheyWere(width: Int, height: Int) throws {
    let image = try picture(width, height) { x, y in (x * 7 + y * 31) % 256 }
    let bytes = try PNGEncoder.encode(image)
    let decoded = try PNGDecoder().decode(bytes.span, name: "encoded")
    #expect(decoded.width == width && decoded.height == height)
    #expect(decoded.pixels == image.pixels)
  }

  @Test func coloursComeBackAsTheyWere() throws {
    let pixels = (0..<3 * 5 * 4).map { UInt8($0 * 41 % 256) }
    let bytes = try PNGEncoder.encode(width: 5, height: 4, channels: 3, pixels: pixels)
    let decoded = try PNGDecoder().decode(bytes.span, name: "encoded")
    #expect((decoded.width, decoded.height, decoded.channels) == (5, 4, 3))
    #expect(decoded.pixels == pixels)
  }

  @Test func aFileBeginsAndEndsAsPNGFilesDo() throws {
    let bytes = try PNGEncoder.encode(width: 1, height: 1, channels: 1, pixels: [9])
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(bytes.suffix(8) == [0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
  }

  @Test func theSamePixelsGiveTheSameBytes() throws {
    let image = try picture(40, 30) { x, y in (x * y) % 256 }
    #expect(try PNGEncoder.encode(image) == PNGEncoder.encode(image))
  }

  @Test(arguments: [
    (0, 1, 1, 0), (1, 0, 1, 0), (2, 2, 1, 3), (2, 2, 2, 8), (2, 2, 4, 16), (-1, -1, 1, 1),
    (1_000_001, 1, 1, 1_000_001), (Int.max, 2, 1, 0),
  ])
  func sizesThatPixelsDoNotHaveAreRefused(
    width: Int, height: Int, channels: Int, count: Int
  ) throws {
    let pixels = [UInt8](repeating: 0, count: count)
    let error = #expect(throws: LaminaError.self) {
      try PNGEncoder.encode(width: width, height: height, channels: channels, pixels: pixels)
    }
    #expect(error?.kind == .invalidArgument)
    #expect(error?.message.contains("\(count) bytes") == true)
  }
}
