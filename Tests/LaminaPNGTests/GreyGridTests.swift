import Lamina
import Testing

@testable import LaminaPNG

@Suite struct GreyGridTests {
  @Test func keepsEveryPixelOfASmallPicture() throws {
    var grid = GreyGrid(imageWidth: 3, imageHeight: 2)
    grid.add([4, 5, 6], count: 3, y: 1, start: 0, step: 1)
    grid.add([1, 2, 3], count: 3, y: 0, start: 0, step: 1)
    #expect(grid.factor == 1)
    #expect(try grid.image() == GreyImage(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 6]))
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
    let grid = GreyGrid(imageWidth: reduction.from.0, imageHeight: reduction.from.1)
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
    var grid = GreyGrid(imageWidth: 1_025, imageHeight: 3)
    var row = [UInt8](repeating: 10, count: 1_025)
    row[0] = 11  // With its three neighbours 10.25.
    row[3] = 12  // With its three neighbours 10.5.
    row[1_024] = 255  // Alone in its column of boxes.
    let plain = [UInt8](repeating: 10, count: 1_025)
    grid.add(row, count: 1_025, y: 0, start: 0, step: 1)
    grid.add(plain, count: 1_025, y: 1, start: 0, step: 1)
    grid.add(row, count: 1_025, y: 2, start: 0, step: 1)
    let image = try grid.image()
    #expect((image.width, image.height) == (513, 2))
    #expect(image.pixels[0] == 10)
    #expect(image.pixels[1] == 11)
    #expect(image.pixels[2] == 10)
    #expect(image.pixels[512] == 133)  // 255 and 10.
    #expect(image.pixels[513] == 11)  // 11 and 10.
    #expect(image.pixels[1_025] == 255)
  }

  @Test func sparseRowsAddUpToTheWholePicture() throws {
    var whole = GreyGrid(imageWidth: 2_100, imageHeight: 1)
    var sparse = whole
    let row = (0..<2_100).map { UInt8(truncatingIfNeeded: $0 * $0) }
    whole.add(row, count: row.count, y: 0, start: 0, step: 1)
    for start in 0..<8 {
      let part = stride(from: start, to: row.count, by: 8).map { row[$0] }
      sparse.add(part, count: part.count, y: 0, start: start, step: 8)
    }
    #expect(try whole.image() == sparse.image())
  }

  @Test func leavesPixelsOutsideThePictureOut() throws {
    var grid = GreyGrid(imageWidth: 2, imageHeight: 1)
    grid.add([1, 2, 3, 4], count: 4, y: 0, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: 1, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: -1, start: 0, step: 1)
    grid.add([9, 9], count: -1, y: 0, start: 0, step: 1)
    grid.add([9, 9], count: 2, y: 0, start: 0, step: 0)
    #expect(try grid.image().pixels == [1, 2])
  }
}
