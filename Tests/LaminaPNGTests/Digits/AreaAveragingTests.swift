import Testing

@testable import LaminaPNG

@Suite struct AreaAveragingTests {
  @Test func areaSumsShareAPixelByItsArea() throws {
    // Three pixels into two cells: the middle one counts half in each.
    let image = try GreyImage(width: 3, height: 1, pixels: [60, 120, 180])
    // Times 3 pixels: (60 * 2 + 120) and (120 + 180 * 2).
    #expect(image.areaSums(width: 2, height: 1) == [240, 480])
  }

  @Test func areaSumsEnlarge() throws {
    let image = try GreyImage(width: 2, height: 2, pixels: [200, 0, 0, 100])
    let expected = [200, 200, 0, 0, 200, 200, 0, 0, 0, 0, 100, 100, 0, 0, 100, 100]
    #expect(image.areaSums(width: 4, height: 4) == expected.map { $0 * 4 })
  }

  @Test(arguments: [(1, 1), (3, 7), (20, 13), (41, 2), (60, 60)])
  func areaSumsKeepTheMass(width: Int, height: Int) throws {
    let image = try picture(31, 17) { x, y in x * y % 5 == 3 ? 255 - x : 0 }
    let sums = image.areaSums(width: width, height: height)
    let mass = image.pixels.reduce(0) { $0 + Int($1) }
    #expect(sums.reduce(0, +) == mass * width * height)
  }

  @Test func areaSumsAreThoseOfAFineGrid() throws {
    var generator = SeededGenerator(seed: 81)
    for seed in 0..<40 {
      let (width, height) = (
        Int.random(in: 1...12, using: &generator), Int.random(in: 1...12, using: &generator)
      )
      let (columns, rows) = (
        Int.random(in: 1...12, using: &generator), Int.random(in: 1...12, using: &generator)
      )
      let image = try noise(width, height, seed: UInt64(seed))
      // On a grid of width * columns by height * rows points each point has one pixel, one cell.
      var sums = [Int](repeating: 0, count: columns * rows)
      for y in 0..<height * rows {
        for x in 0..<width * columns {
          sums[y / height * columns + x / width] += Int(
            image.pixels[y / rows * width + x / columns])
        }
      }
      #expect(image.areaSums(width: columns, height: rows) == sums)
    }
  }

  @Test(arguments: [(10, 100), (100, 10), (60, 60), (3, 5), (1_000, 7), (20, 20), (1, 1)])
  func fittedPicturesKeepTheirShape(width: Int, height: Int) throws {
    let fitted = try #require(try picture(width, height) { _, _ in 9 }.fitted(into: 20))
    let longer = max(width, height)
    #expect(fitted.width == max(1, (width * 20 + longer / 2) / longer))
    #expect(fitted.height == max(1, (height * 20 + longer / 2) / longer))
    #expect(max(fitted.width, fitted.height) == 20)
    #expect(Set(fitted.pixels) == [255])
  }

  @Test func nothingFitsNowhere() throws {
    #expect(try picture(7, 9) { _, _ in 0 }.fitted(into: 20) == nil)
  }
}
