import Foundation
import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PNGDecoderLimitTests {
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

  @Test(arguments: [
    (3, 4_000_001, "4000001 pixels high, at most 4000000 are allowed"),
    (1_000_001, 2, "1000001 pixels wide, at most 1000000 are allowed"),
    (3, 2_147_483_647, "2147483647 pixels high, at most 4000000 are allowed"),
  ])
  func sidesThatAreTooLongAreRefusedByName(width: Int, height: Int, reason: String) throws {
    let bytes = try PNGFile.header(width: width, height: height)
    let error = #expect(throws: LaminaError.self) {
      try PNGDecoder(maximumPixels: .max).decode(bytes.span, name: "long.png")
    }
    #expect(error == LaminaError(.image, "long.png: \(reason)"))
  }

  @Test(arguments: [(1, 4_000_000), (1_000_000, 1)])
  func sidesAreReadUpToTheirLimits(width: Int, height: Int) throws {
    let row = [UInt8](repeating: 90, count: width)
    let bytes = try PNGFile.repeating([row], times: height, width: width, depth: 8, .grey)
    let picture = try PNGDecoder().decode(bytes.span, name: "long.png")
    #expect((picture.fileWidth, picture.fileHeight) == (width, height))
    #expect(max(picture.width, picture.height) <= 1_024)
    #expect(Set(picture.pixels) == [90])
  }

  // MARK: Large pictures

  /// 30,000 pixels along both sides, white where x / 3,000 + y / 3,000 is odd.
  private static func checkerboard() throws -> [UInt8] {
    let rows = (0..<2).map { odd in
      (0..<3_750).map { byte in UInt8(byte / 375 % 2 == odd ? 0 : 255) }
    }
    let bands = rows.map { [[UInt8]](repeating: $0, count: 3_000) }
    return try PNGFile.repeating(bands[0] + bands[1], times: 5, width: 30_000, depth: 1, .grey)
  }

  @Test func picturesOf30000PixelsTakeNoMoreMemoryThanSmallOnes() async {
    await #expect(processExitsWith: .success) {
      let bytes = try PNGDecoderLimitTests.checkerboard()
      let before = try PNGDecoderLimitTests.mostKilobytes()
      let picture = try PNGDecoder().decode(bytes.span, name: "large.png")
      let after = try PNGDecoderLimitTests.mostKilobytes()
      // Sums, averages and a row; the whole picture would need 900 MB.
      #expect(after - before < 16_384, "\(after - before) KB more")
      #expect((picture.width, picture.height, picture.reduction) == (1_000, 1_000, 30))
      for (index, pixel) in picture.pixels.enumerated() {
        let isWhite = (index / 1_000 / 100 + index % 1_000 / 100) % 2 == 1
        guard pixel == (isWhite ? 255 : 0) else {
          Issue.record("pixel \(index) is \(pixel)")
          break
        }
      }
    }
  }

  @Test func interlacedPicturesOf30400PixelsTakeNoMoreMemoryEither() async {
    await #expect(processExitsWith: .success) {
      // Stripes of 3,040 columns, the first black.
      let row = (0..<30_400).map { UInt8($0 / 3_040 % 2 == 1 ? 255 : 0) }
      let bytes = try PNGFile.interlaced(repeating: row, height: 30_400)
      let before = try PNGDecoderLimitTests.mostKilobytes()
      let picture = try PNGDecoder().decode(bytes.span, name: "large.png")
      let after = try PNGDecoderLimitTests.mostKilobytes()
      #expect(after - before < 16_384, "\(after - before) KB more")
      #expect((picture.width, picture.height, picture.reduction) == (1_014, 1_014, 30))
      // The box that two stripes share is the average of both.
      let boxes = (0..<1_014).map { box in
        let columns = row[30 * box..<min(30 * box + 30, row.count)]
        return UInt8((columns.reduce(0) { $0 + Int($1) } + columns.count / 2) / columns.count)
      }
      #expect(boxes[101] == 170)
      #expect(
        (0..<1_014).allSatisfy { picture.pixels[1_014 * $0..<1_014 * ($0 + 1)] == boxes[...] })
    }
  }

  /// The most memory that this process has had so far.
  private static func mostKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
  }

  @Test func interlacedPassesAddUpToTheSameReducedPicture() throws {
    var generator = SeededGenerator(seed: 7)
    let (width, height) = (2_300, 1_100)
    let seeds = (0..<height).map { _ in UInt8.random(in: 0...255, using: &generator) }
    func pixel(_ x: Int, _ y: Int) -> [UInt8] {
      let value = UInt8(truncatingIfNeeded: x * x / 7 + y) ^ seeds[y]
      return [value, value &* 3, seeds[y]]
    }
    let rows = (0..<height).map { y in (0..<width).flatMap { x in pixel(x, y) } }
    let plain = try PNGFile.bytes(width: width, height: height, .rgb, rows: rows)
    let interlaced = try PNGFile.interlaced(width: width, height: height, .rgb, pixel: pixel)
    let decoder = PNGDecoder()
    let picture = try decoder.decode(plain.span, name: "plain")
    #expect((picture.width, picture.height, picture.reduction) == (767, 367, 3))
    #expect(try decoder.decode(interlaced.span, name: "interlaced") == picture)
  }
}
