import Foundation
import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PNGDecoderColourTests {
  private func decoded(
    _ colour: PNGFile.Colour, depth: UInt8 = 8, chunks: [UInt8] = [], width: Int, rows: [[UInt8]]
  ) throws -> Picture {
    let bytes = try PNGFile.bytes(
      width: width, height: rows.count, depth: depth, colour, chunks: chunks, rows: rows)
    return try PNGDecoder().decode(bytes.span, name: "test.png")
  }

  // MARK: Colours

  @Test func coloursStayAsTheyAre() throws {
    let row: [UInt8] = [255, 0, 0, 1, 2, 3, 200, 100, 50]
    let picture = try decoded(.rgb, width: 3, rows: [row, row.reversed()])
    #expect(picture.channels == 3)
    #expect(picture.pixels == row + row.reversed())
  }

  @Test func samplesOf16BitsAreScaledToTheNearest() throws {
    // 128 is 32,896 of 65,535; from 32,768 on it is the nearest, below that 127 is.
    let samples = [0, 128, 129, 255, 256, 32_767, 32_768, 65_406, 65_407, 65_535]
    let row = samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    let picture = try decoded(.grey, depth: 16, width: samples.count, rows: [row])
    #expect(picture.pixels == samples.map { UInt8(($0 * 255 * 2 + 65_535) / (2 * 65_535)) })
    #expect(picture.pixels == [0, 0, 1, 1, 1, 127, 128, 254, 255, 255])
  }

  @Test func paletteOfGreysGivesOneChannel() throws {
    let palette = PNGFile.chunk("PLTE", [9, 9, 9, 200, 200, 200])
    let picture = try decoded(.palette, chunks: palette, width: 3, rows: [[0, 1, 0]])
    #expect(picture.channels == 1)
    #expect(picture.pixels == [9, 200, 9])
  }

  @Test func paletteWithAColourGivesThreeChannels() throws {
    let palette = PNGFile.chunk("PLTE", [9, 9, 9, 200, 201, 202])
    let picture = try decoded(.palette, chunks: palette, width: 3, rows: [[0, 1, 0]])
    #expect(picture.channels == 3)
    #expect(picture.pixels == [9, 9, 9, 200, 201, 202, 9, 9, 9])
  }

  @Test func lumaWeighsGreenMost() throws {
    let picture = colourPicture(4, 1) { x, _ in
      [(255, 0, 0), (0, 255, 0), (0, 0, 255), (77, 77, 77)][x]
    }
    // 0.299, 0.587 and 0.114 of 255, to the nearest.
    #expect(picture.grey.pixels == [76, 150, 29, 77])
  }

  // MARK: Transparency

  /// A bar of ink in the middle of 8x8 pixels: `ink` or `paper` for each pixel.
  private func bar(_ ink: [UInt8], _ paper: [UInt8]) -> [[UInt8]] {
    (0..<8).map { y in (0..<8).flatMap { x in (3...4).contains(x) && y > 0 ? ink : paper } }
  }

  private func greys(ink: UInt8, paper: UInt8) -> [UInt8] { bar([ink], [paper]).flatMap { $0 } }

  @Test func transparencyLiesOnWhite() throws {
    let dark = try decoded(.rgba, width: 8, rows: bar([10, 10, 10, 255], [10, 10, 10, 0]))
    #expect(dark.grey.pixels == greys(ink: 10, paper: 255))
    let half = try decoded(.greyAlpha, width: 8, rows: bar([0, 128], [77, 0]))
    #expect(half.pixels == greys(ink: 127, paper: 255))
    let coloured = try decoded(.rgba, width: 8, rows: bar([255, 255, 0, 255], [0, 0, 0, 0]))
    #expect(coloured.pixels == bar([255, 255, 0], [255, 255, 255]).flatMap { $0 })
  }

  @Test func whiteInkOnNothingLiesOnBlack() throws {
    let rgba = try decoded(.rgba, width: 8, rows: bar([255, 255, 255, 255], [255, 255, 255, 0]))
    #expect(rgba.grey.pixels == greys(ink: 255, paper: 0))
    let greyAlpha = try decoded(.greyAlpha, width: 8, rows: bar([250, 255], [0, 0]))
    #expect(greyAlpha.pixels == greys(ink: 250, paper: 0))
    let transparent =
      PNGFile.chunk("PLTE", [255, 255, 255, 255, 255, 255])
      + PNGFile.chunk("tRNS", [0])
    let palette = try decoded(.palette, chunks: transparent, width: 8, rows: bar([1], [0]))
    #expect(palette.grey.pixels == greys(ink: 255, paper: 0))
    // Nearly white, and its transparent colour is the paper's.
    let keyed = try decoded(
      .grey, chunks: PNGFile.chunk("tRNS", [0, 255]), width: 8, rows: bar([245], [255]))
    #expect(keyed.pixels == greys(ink: 245, paper: 0))
  }

  @Test func partlyTransparentWhiteInkLiesOnBlack() throws {
    let picture = try decoded(.greyAlpha, width: 8, rows: bar([255, 128], [255, 0]))
    #expect(picture.pixels == greys(ink: 128, paper: 0))
  }

  @Test func whiteInterlacedInkOnNothingLiesOnBlack() throws {
    let bytes = try PNGFile.interlaced(width: 8, height: 8, .rgba) { x, y in
      [255, 255, 255, (3...4).contains(x) && y > 0 ? 255 : 0]
    }
    let picture = try PNGDecoder().decode(bytes.span, name: "test.png")
    #expect(picture.grey.pixels == greys(ink: 255, paper: 0))
  }

  /// Of a pipe nothing can be read a second time; whoever tries waits until the alarm.
  @Test(arguments: [255, 0])
  func transparentInkComesThroughAPipe(ink: UInt8) async {
    await #expect(processExitsWith: .success) { [ink] in
      alarm(20)
      let test = PNGDecoderColourTests()
      let bytes = try PNGFile.bytes(
        width: 8, height: 8, .greyAlpha, rows: test.bar([ink, 255], [0, 0]))
      let pipe = Pipe()
      pipe.fileHandleForWriting.write(Data(bytes))
      let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
      let picture = try PNGDecoder().decode(path: path)
      #expect(picture.pixels == test.greys(ink: ink, paper: 255 - ink))
    }
  }

  @Test func opaqueWhiteStaysWhite() throws {
    for colour: PNGFile.Colour in [.grey, .rgb] {
      let white = [UInt8](repeating: 255, count: colour == .rgb ? 3 : 1)
      let picture = try decoded(colour, width: 8, rows: bar(white, white))
      #expect(Set(picture.pixels) == [255])
    }
  }

  @Test func pictureOfNothingIsBlank() throws {
    let picture = try decoded(.rgba, width: 8, rows: bar([0, 0, 0, 0], [9, 9, 9, 0]))
    #expect(Set(picture.pixels).count == 1)
    let error = #expect(throws: LaminaError.self) { try DigitPreprocessor().digit(from: picture) }
    #expect(error?.kind == .noDigit)
  }
}
