import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PixelGridTests {
  @Test func keepsEveryPixelOfASmallPicture() throws {
    var grid = PixelGrid(imageWidth: 3, imageHeight: 2, channels: 1, longestSide: 1_024)
    grid.add([4, 5, 6], count: 3, y: 1, start: 0, step: 1)
    grid.add([1, 2, 3], count: 3, y: 0, start: 0, step: 1)
    #expect(grid.factor == 1)
    let picture = grid.picture()
    #expect(
      try picture == Picture(GreyImage(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 6])))
  }

  @Test(arguments: [
    Reduction(from: (1, 1), by: 1, to: (1, 1)),
    Reduction(from: (1_024, 1_024), by: 1, to: (1_024, 1_024)),
    Reduction(from: (1_025, 10), by: 2, to: (513, 5)),
    Reduction(from: (10, 1_025), by: 2, to: (5, 513)),
    Reduction(from: (6_000, 5_000), by: 6, to: (1_000, 834)),
    Reduction(from: (2_147_483_647, 1), by: 2_097_152, to: (1_024, 1)),
  ])
  func longerSideBecomesAtMost1024(_ reduction: Reduction) {
    let grid = PixelGrid(
      imageWidth: reduction.from.0, imageHeight: reduction.from.1, channels: 1, longestSide: 1_024)
    #expect(grid.factor == reduction.by)
    #expect(grid.width == reduction.to.0)
    #expect(grid.height == reduction.to.1)
  }

  struct Reduction: Sendable {
    let from: (UInt32, UInt32)
    let by: Int
    let to: (Int, Int)
  }

  @Test func averagesBoxesAndRoundsToTheNearest() throws {
    var grid = PixelGrid(imageWidth: 1_025, imageHeight: 3, channels: 1, longestSide: 1_024)
    var row = [UInt8](repeating: 10, count: 1_025)
    row[0] = 11  // With its three neighbours 10.25.
    row[3] = 12  // With its three neighbours 10.5.
    row[1_024] = 255  // Alone in its column of boxes.
    let plain = [UInt8](repeating: 10, count: 1_025)
    grid.add(row, count: 1_025, y: 0, start: 0, step: 1)
    grid.add(plain, count: 1_025, y: 1, start: 0, step: 1)
    grid.add(row, count: 1_025, y: 2, start: 0, step: 1)
    let image = grid.picture()
    #expect((image.width, image.height) == (513, 2))
    #expect(image.pixels[0] == 10)
    #expect(image.pixels[1] == 11)
    #expect(image.pixels[2] == 10)
    #expect(image.pixels[512] == 133)  // 255 and 10.
    #expect(image.pixels[513] == 11)  // 11 and 10.
    #expect(image.pixels[1_025] == 255)
  }

  @Test func sparseRowsAddUpToTheWholePicture() throws {
    var whole = PixelGrid(imageWidth: 2_100, imageHeight: 1, channels: 1, longestSide: 1_024)
    var sparse = whole
    let row = (0..<2_100).map { UInt8(truncatingIfNeeded: $0 * $0) }
    whole.add(row, count: row.count, y: 0, start: 0, step: 1)
    for start in 0..<8 {
      let part = stride(from: start, to: row.count, by: 8).map { row[$0] }
      sparse.add(part, count: part.count, y: 0, start: start, step: 8)
    }
    #expect(whole.picture() == sparse.picture())
  }

  @Test func leavesPixelsOutsideThePictureOut() throws {
    var grid = PixelGrid(imageWidth: 2, imageHeight: 1, channels: 1, longestSide: 1_024)
    grid.add([1, 2, 3, 4], count: 4, y: 0, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: 1, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: -1, start: 0, step: 1)
    grid.add([9, 9], count: -1, y: 0, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: 0, start: 0, step: 0)
    grid.add([9, 9], count: 2, y: 0, start: 2, step: 1)
    grid.add([9, 9], count: 2, y: 0, start: -1, step: 1)
    #expect(grid.picture().pixels == [1, 2])
  }

  @Test func rowsThatAreShorterThanTheirCountAddWhatTheyHave() {
    var grid = PixelGrid(imageWidth: 4, imageHeight: 1, channels: 3, longestSide: 1_024)
    grid.add([1, 2, 3, 4, 5, 6, 7], count: 4, y: 0, start: 1, step: 1)
    #expect(grid.picture().pixels == [0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0])
  }

  @Test(arguments: [1, 3])
  func transparentPixelsLieOnWhiteOrOnBlack(channels: Int) {
    // Half of a pixel of ink, and nothing.
    let pixels: [[UInt8]] = [[100, 127], [0, 255]].map {
      [UInt8](repeating: $0[0], count: channels) + [$0[1]]
    }
    for (longestSide, white, black) in [
      (2, [227, 255] as [UInt8], [100, 0] as [UInt8]), (1, [241], [50]),
    ] {
      var grid = PixelGrid(
        imageWidth: 2, imageHeight: 1, channels: channels, hasTransparency: true,
        longestSide: longestSide)
      grid.add(pixels.flatMap { $0 }, count: 2, y: 0, start: 0, step: 1)
      let onWhite = grid.picture()
      #expect(onWhite.channels == channels)
      #expect(onWhite.pixels == white.flatMap { [UInt8](repeating: $0, count: channels) })
      let onBlack = grid.picture(on: .black).pixels
      #expect(onBlack == black.flatMap { [UInt8](repeating: $0, count: channels) })
    }
  }

  // MARK: Against a plain reference

  struct Size: Sendable {
    let width: Int
    let height: Int
    let channels: Int
    let longestSide: Int
  }

  @Test(arguments: [
    Size(width: 7, height: 5, channels: 3, longestSide: 1_024),
    Size(width: 7, height: 5, channels: 1, longestSide: 3),
    Size(width: 61, height: 90, channels: 3, longestSide: 16),
    Size(width: 90, height: 61, channels: 1, longestSide: 89),
    Size(width: 33, height: 2, channels: 3, longestSide: 1),
    Size(width: 1, height: 1, channels: 3, longestSide: 1),
    Size(width: 2_049, height: 9, channels: 1, longestSide: 2_048),
  ])
  func passesInAnyOrderGiveTheBoxesAverages(_ size: Size) {
    let (width, height, channels) = (size.width, size.height, size.channels)
    var generator = SeededGenerator(seed: UInt64(width * height))
    let bytes = (0..<width * height * channels).map { _ in
      UInt8.random(in: 0...255, using: &generator)
    }
    var grid = PixelGrid(
      imageWidth: UInt32(width), imageHeight: UInt32(height), channels: channels,
      longestSide: size.longestSide)
    var parts = (0..<height).flatMap { y in (0..<3).map { start in (y: y, start: start) } }
    parts.shuffle(using: &generator)
    for (y, start) in parts {
      let columns = Array(stride(from: start, to: width, by: 3))
      let row = columns.flatMap { x in
        (0..<channels).map { bytes[(y * width + x) * channels + $0] }
      }
      grid.add(row, count: columns.count, y: y, start: start, step: 3)
    }
    let picture = grid.picture()
    let factor = (max(width, height) + size.longestSide - 1) / size.longestSide
    #expect(picture.reduction == factor)
    #expect(picture.channels == channels)
    #expect(max(picture.width, picture.height) <= size.longestSide)
    #expect((picture.fileWidth, picture.fileHeight) == (width, height))
    #expect(picture.pixels == averages(of: bytes, size, factor: factor))
  }

  private func averages(of bytes: [UInt8], _ size: Size, factor: Int) -> [UInt8] {
    var averages: [UInt8] = []
    for top in stride(from: 0, to: size.height, by: factor) {
      for left in stride(from: 0, to: size.width, by: factor) {
        for channel in 0..<size.channels {
          var box: [Int] = []
          for y in top..<min(top + factor, size.height) {
            for x in left..<min(left + factor, size.width) {
              box.append(Int(bytes[(y * size.width + x) * size.channels + channel]))
            }
          }
          let average = Double(box.reduce(0, +)) / Double(box.count)
          averages.append(UInt8(average.rounded()))
        }
      }
    }
    return averages
  }

  @Test func whitestHighestPictureDoesNotOverflow() {
    // The greatest box of all: 3,907 pixels along each side, all of them white.
    var grid = PixelGrid(
      imageWidth: 3_907, imageHeight: 4_000_000, channels: 1, longestSide: 1_024)
    let row = [UInt8](repeating: 255, count: 3_907)
    for y in 0..<3_907 { grid.add(row, count: row.count, y: y, start: 0, step: 1) }
    #expect(grid.factor == 3_907)
    #expect(grid.picture().pixels[0] == 255)
  }
}
