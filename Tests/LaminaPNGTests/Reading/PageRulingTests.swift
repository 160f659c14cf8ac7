import Testing

@testable import LaminaPNG

@Suite struct PageRulingTests {
  private func ruling(
    _ width: Int, _ height: Int, _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> PageRuling {
    let image = try picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }
    return PageRuling(of: InkComponents(of: try Ink(of: image, isLight: false)))
  }

  /// Whether a pixel is one of the lines of a table of cells of 60x40 pixels at (20, 20).
  private func isTable(
    _ x: Int, _ y: Int, columns: Int, rows: Int, thickness: Int
  ) -> Bool {
    let (x, y) = (x - 20, y - 20)
    guard (0..<60 * columns + thickness).contains(x), (0..<40 * rows + thickness).contains(y)
    else { return false }
    return x % 60 < thickness || y % 40 < thickness
  }

  @Test(arguments: [1, 2, 3, 4]) func tableIsRuledThoughItsCellsAreEmpty(thickness: Int) throws {
    let found = try ruling(240, 200) { x, y in
      isTable(x, y, columns: 3, rows: 4, thickness: thickness)
    }
    #expect((found.lines.across.count, found.lines.down.count) == (5, 4))
    #expect(found.walls.count == 4)
  }

  @Test func tableWithoutAnOuterFrameIsRuled() throws {
    let found = try ruling(240, 120) { x, y in
      (20..<200).contains(x) && [50, 51, 80, 81].contains(y)
        || (20..<110).contains(y) && [80, 81, 140, 141].contains(x)
    }
    #expect((found.lines.across.count, found.lines.down.count) == (2, 2))
  }

  @Test func linesOfOneTableMayHaveDifferentThickness() throws {
    let found = try ruling(400, 400) { x, y in
      guard (20..<386).contains(x), (20..<386).contains(y) else { return false }
      func isLine(_ place: Int) -> Bool { place % 40 < (place % 120 < 40 ? 6 : 2) }
      return isLine(x - 20) || isLine(y - 20)
    }
    for lines in [found.lines.across, found.lines.down] {
      #expect(lines.map { $0.usualThickness }.sorted() == [2, 2, 2, 2, 2, 2, 6, 6, 6, 6])
    }
  }

  @Test func strokesOverSquaredPaperAreNoLines() throws {
    // As thick as a line may be.
    func isStroke(_ x: Int, _ y: Int) -> Bool {
      (30..<270).contains(x) && (100..<104).contains(y)
        || (90..<94).contains(x) && (100..<160).contains(y)
    }
    let found = try ruling(300, 200) { x, y in x % 20 == 7 || y % 20 == 9 || isStroke(x, y) }
    #expect((found.lines.across.count, found.lines.down.count) == (10, 15))
    #expect((found.lines.across + found.lines.down).allSatisfy { $0.usualThickness == 1 })
  }

  @Test func marginLineOfRuledPaperIsRuled() throws {
    let found = try ruling(300, 200) { x, y in y % 40 == 30 || (50..<53).contains(x) }
    #expect((found.lines.across.count, found.lines.down.count) == (5, 1))
  }

  @Test(arguments: [2, 4, 8]) func digitsOfADisplayAreNotRuled(thickness: Int) throws {
    // Each bar of an 8, a 0, a 6 and a 4.
    let digits: [(bars: Set<Int>, sides: (left: Range<Int>, right: Range<Int>))] = [
      ([0, 45, 90], (0..<98, 0..<98)), ([0, 90], (0..<98, 0..<98)),
      ([0, 45, 90], (0..<98, 45..<98)), ([45], (0..<50, 0..<98)),
    ]
    for digit in digits {
      let found = try ruling(100, 140) { x, y in
        let (x, y) = (x - 20, y - 20)
        guard (0..<60).contains(x), (0..<98).contains(y) else { return false }
        let isBar = digit.bars.contains { (0..<thickness).contains(y - $0) }
        return isBar || x < thickness && digit.sides.left.contains(y)
          || x >= 60 - thickness && digit.sides.right.contains(y)
      }
      #expect(found.lines.isEmpty)
    }
  }

  @Test func pageOfDigitsAloneIsNotRuled() throws {
    var page = try Page(560, 340)
    try page.writeLine([3, 1, nil, 4, 1, 6], top: 40, height: 50)
    try page.writeLine([2, 7, 0, 8], top: 140, height: 50)
    try page.writeLine([9, 0, nil, 2, 5], top: 250, height: 50)
    let found = PageRuling(of: InkComponents(of: try Ink(of: page.image)))
    #expect(found.lines.isEmpty && found.walls.isEmpty)
  }
}
