import Testing

@testable import LaminaPNG

@Suite struct InkTests {
  private func ink(_ image: GreyImage) -> Ink { Ink(of: image, on: Background(of: image)) }

  @Test func amountsAreDistancesFromThePaper() throws {
    let image = try picture(5, 5) { x, y in x == 2 && y == 2 ? 50 : x == 3 && y == 3 ? 255 : 240 }
    let amounts = ink(image).amounts
    #expect(amounts[12] == 190)
    #expect(amounts[18] == 0, "lighter than the paper")
    #expect(amounts.count { $0 > 0 } == 1)
  }

  @Test func noiseOfThePaperIsNoInk() throws {
    let image = try picture(40, 40) { x, y in
      (15..<25).contains(x) && (10..<30).contains(y) ? 100 : 200 + (x * 7 + y * 11) % 13 - 6
    }
    let box = ink(image).boundingBox
    #expect(box?.columns == 15..<25)
    #expect(box?.rows == 10..<30)
  }

  @Test func boundingBoxReachesTheBorder() throws {
    let image = try picture(7, 6) { x, y in (x == 0 && y == 5) || (x == 6 && y == 3) ? 255 : 0 }
    let box = ink(image).boundingBox
    #expect(box?.columns == 0..<7)
    #expect(box?.rows == 3..<6)
  }

  @Test func areaSumsShareAPixelByItsArea() throws {
    // Three pixels into two cells: the middle one counts half in each.
    let image = try picture(5, 3) { x, y in y == 1 && x > 0 && x < 4 ? 60 * x : 0 }
    let sums = ink(image).areaSums(columns: 1..<4, rows: 1..<2, width: 2, height: 1)
    // Times 3 pixels: (60 * 2 + 120) and (120 + 180 * 2).
    #expect(sums == [240, 480])
  }

  @Test func areaSumsEnlarge() throws {
    let image = try picture(4, 4) { x, y in x == 1 && y == 1 ? 200 : x == 2 && y == 2 ? 100 : 0 }
    let sums = ink(image).areaSums(columns: 1..<3, rows: 1..<3, width: 4, height: 4)
    let expected = [200, 200, 0, 0, 200, 200, 0, 0, 0, 0, 100, 100, 0, 0, 100, 100]
    #expect(sums == expected.map { $0 * 4 })
  }

  @Test(arguments: [(1, 1), (3, 7), (20, 13), (41, 2), (60, 60)])
  func areaSumsKeepTheMass(width: Int, height: Int) throws {
    let image = try picture(31, 17) { x, y in x * y % 5 == 3 ? 255 - x : 0 }
    let ink = ink(image)
    let sums = ink.areaSums(columns: 0..<31, rows: 0..<17, width: width, height: height)
    let mass = ink.amounts.reduce(0) { $0 + Int($1) }
    #expect(sums.reduce(0, +) == mass * width * height)
  }
}
