import Lamina
import Testing

@testable import LaminaPNG

@Suite struct RuledPaperTests {
  private func components(
    _ width: Int, _ height: Int, _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> InkComponents {
    let image = try picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }
    return InkComponents(of: try Ink(of: image, isLight: false))
  }

  /// Where the digit is found in a picture of dark ink on white.
  private func box(
    _ width: Int, _ height: Int, _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> PixelBox {
    let image = try picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }
    return try #require(DigitSearch(in: image).looks.last).box
  }

  private func isInside(_ box: PixelBox, _ x: Int, _ y: Int) -> Bool {
    box.columns.contains(x) && box.rows.contains(y)
  }

  private func expect(_ found: PixelBox, near box: PixelBox, within tolerance: Int = 4) {
    #expect(abs(found.columns.lowerBound - box.columns.lowerBound) <= tolerance, "\(found)")
    #expect(abs(found.columns.upperBound - box.columns.upperBound) <= tolerance, "\(found)")
    #expect(abs(found.rows.lowerBound - box.rows.lowerBound) <= tolerance, "\(found)")
    #expect(abs(found.rows.upperBound - box.rows.upperBound) <= tolerance, "\(found)")
  }

  // MARK: Paper

  private let stroke = PixelBox(columns: 75..<85, rows: 40..<110)

  @Test func rulesThatCrossTheDigitArePaper() throws {
    func isInk(_ x: Int, _ y: Int) -> Bool {
      (5..<7).contains(y % 25) || isInside(stroke, x, y)
    }
    let lines = try components(160, 160, isInk).linesOfPaper
    #expect(lines.down.isEmpty)
    #expect(Set(lines.across.flatMap { $0.runs.map { $0.pixels } }).count == 7)
    expect(try box(160, 160, isInk), near: stroke)
  }

  @Test func squaresThatCrossTheDigitArePaper() throws {
    func isInk(_ x: Int, _ y: Int) -> Bool {
      y % 25 == 5 || x % 25 == 5 || isInside(stroke, x, y)
    }
    let lines = try components(160, 160, isInk).linesOfPaper
    for lines in [lines.across, lines.down] {
      #expect(Set(lines.flatMap { $0.runs.map { $0.pixels } }).count == 7)
    }
    expect(try box(160, 160, isInk), near: stroke)
  }

  @Test(arguments: [
    (120, PixelBox(columns: 52..<60, rows: 36..<58)),
    (240, PixelBox(columns: 112..<116, rows: 60..<120)),
  ])
  func feltPenAmongThinDarkRulesIsFound(side: Int, pen: PixelBox) throws {
    let found = try box(side, side) { x, y in
      (3..<5).contains(y % 28) || isInside(pen, x, y)
    }
    expect(found, near: pen, within: 5)
  }

  @Test func shorterRulesThatEndAtTheDigitArePaperWhereOthersAre() throws {
    // The bar is so wide that no rule is followed through it.
    let bar = PixelBox(columns: 60..<90, rows: 35..<115)
    func isInk(_ x: Int, _ y: Int) -> Bool { y % 25 == 5 || isInside(bar, x, y) }
    expect(try box(160, 160, isInk), near: bar)
  }

  @Test(arguments: [false, true]) func paperAloneIsNoDigit(isSquared: Bool) throws {
    let image = try picture(160, 160) { x, y in
      y % 25 == 5 || (isSquared && x % 25 == 9) ? 0 : 255
    }
    let error = #expect(throws: LaminaError.self) { try DigitSearch(in: image) }
    #expect(error?.kind == .noDigit)
  }

  @Test func smallPicturesHaveNoPaperLines() throws {
    func isInk(_ x: Int, _ y: Int) -> Bool { y % 8 == 2 }
    #expect(try components(23, 40, isInk).linesOfPaper.isEmpty)
    #expect(try !components(24, 40, isInk).linesOfPaper.isEmpty)
  }

  // MARK: Digits that fill their picture

  private static let thickness = [2, 3, 5, 8]

  private func expectNoLines(_ isInk: (_ x: Int, _ y: Int) -> Bool) throws {
    let components = try components(96, 96, isInk)
    #expect(components.linesOfPaper.isEmpty)
    #expect(components.linesOfFrames.isEmpty)
  }

  @Test(arguments: thickness) func sevenKeepsItsBar(thickness: Int) throws {
    try expectNoLines { x, y in y < thickness || abs(x + y * 2 / 3 - 92) <= thickness / 2 }
  }

  @Test(arguments: thickness) func twoKeepsItsFoot(thickness: Int) throws {
    try expectNoLines { x, y in
      let distance = Double((x - 48) * (x - 48) + (y - 40) * (y - 40)).squareRoot()
      let isBow = y < 48 && abs(distance - 40) <= Double(thickness) / 2
      return isBow || y >= 48 && abs(x + y - 136) <= thickness / 2 || y >= 96 - thickness
    }
  }

  @Test(arguments: thickness) func eightKeepsItsRings(thickness: Int) throws {
    try expectNoLines { x, y in
      [24, 72].contains { middle in
        let across = Double((x - 48) * (x - 48)) / 4
        let distance = (across + Double((y - middle) * (y - middle))).squareRoot()
        return abs(distance - 24 + Double(thickness) / 2) <= Double(thickness) / 2
      }
    }
  }

  @Test(arguments: [2, 3]) func twoOfADisplayKeepsItsBars(thickness: Int) throws {
    func isInk(_ x: Int, _ y: Int) -> Bool {
      let isBar = y < thickness || y >= 96 - thickness || (48..<48 + thickness).contains(y)
      return isBar || (x < thickness && y > 48) || (x >= 96 - thickness && y < 48)
    }
    try expectNoLines(isInk)
  }

  @Test(arguments: thickness) func uprightOneStays(thickness: Int) throws {
    func isInk(_ x: Int, _ y: Int) -> Bool { (48..<48 + thickness).contains(x) }
    try expectNoLines(isInk)
    let one = PixelBox(columns: 48..<48 + thickness, rows: 0..<96)
    expect(try box(96, 96, isInk), near: one, within: 1)
  }

  @Test func slantedOneAndSevenAreFoundWhole() throws {
    let seven = try box(60, 80) { x, y in y < 2 || abs(x - (58 - y / 2)) < 2 }
    expect(seven, near: PixelBox(columns: 0..<60, rows: 0..<80))
    let one = try box(30, 80) { x, y in abs(x - 28 + y / 3) < 3 }
    expect(one, near: PixelBox(columns: 0..<30, rows: 0..<80))
  }

  // MARK: Frames

  private let bar = PixelBox(columns: 56..<64, rows: 40..<80)

  /// Whether a pixel is one of a frame's lines, which are two pixels thick.
  private func isFrame(_ box: PixelBox, _ x: Int, _ y: Int) -> Bool {
    guard isInside(box, x, y) else { return false }
    let left = min(x - box.columns.lowerBound, box.columns.upperBound - 1 - x)
    let top = min(y - box.rows.lowerBound, box.rows.upperBound - 1 - y)
    return min(left, top) < 2
  }

  @Test func frameAroundADigitIsNoneOfIt() throws {
    let frame = PixelBox(columns: 20..<100, rows: 20..<100)
    func isInk(_ x: Int, _ y: Int) -> Bool { isFrame(frame, x, y) || isInside(bar, x, y) }
    let lines = try components(120, 120, isInk).linesOfFrames
    #expect((lines.across.count, lines.down.count) == (2, 2))
    expect(try box(120, 120, isInk), near: bar, within: 2)
  }

  @Test func frameJustInsideThePictureIsNoneOfTheDigit() throws {
    let bar = PixelBox(columns: 46..<54, rows: 20..<80)
    let frame = PixelBox(columns: 2..<98, rows: 2..<98)
    let found = try box(100, 100) { x, y in isFrame(frame, x, y) || isInside(bar, x, y) }
    #expect(found == bar)
  }

  @Test func digitThatTouchesItsCellKeepsItsStrokeAlone() throws {
    let frame = PixelBox(columns: 20..<100, rows: 20..<100)
    let touching = PixelBox(columns: 56..<64, rows: 40..<100)
    func isInk(_ x: Int, _ y: Int) -> Bool { isFrame(frame, x, y) || isInside(touching, x, y) }
    try #require(try components(120, 120, isInk).components.count == 1)
    expect(try box(120, 120, isInk), near: touching)
  }

  @Test func cellsInARowAreFrames() throws {
    let cells = (0..<4).map { PixelBox(columns: 20 + 60 * $0..<82 + 60 * $0, rows: 20..<90) }
    let bars = cells.map { cell in
      PixelBox(columns: cell.columns.lowerBound + 27..<cell.columns.lowerBound + 35, rows: 35..<75)
    }
    func isInk(_ x: Int, _ y: Int) -> Bool {
      cells.contains { isFrame($0, x, y) } || bars.contains { isInside($0, x, y) }
    }
    let lines = try components(300, 110, isInk).linesOfFrames
    #expect((lines.across.count, lines.down.count) == (2, 5))
    let image = try picture(300, 110) { x, y in isInk(x, y) ? 0 : 255 }.paintedOver(lines)
    // Where lines cross, crumbs are left.
    let rest = InkComponents(of: try Ink(of: image), crumb: 6)
    #expect(rest.components.map { $0.box } == bars)
  }

  @Test(arguments: [2, 4, 6, 9])
  func emptyRectangleIsAZeroAndNoFrame(thickness: Int) throws {
    // As clocks have it, and nearly as wide as high.
    for width in [50, 76] {
      let zero = PixelBox(columns: 20..<20 + width, rows: 20..<100)
      func isInk(_ x: Int, _ y: Int) -> Bool {
        let left = min(x - 20, 19 + width - x)
        return isInside(zero, x, y) && min(left, min(y - 20, 99 - y)) < thickness
      }
      #expect(try components(120, 120, isInk).linesOfFrames.isEmpty)
      expect(try box(120, 120, isInk), near: zero, within: 1)
    }
  }

  @Test(arguments: [2, 4, 6])
  func squarishZeroWithRoundCornersStays(thickness: Int) throws {
    // The fourth powers make a circle square.
    func isInk(_ x: Int, _ y: Int) -> Bool {
      let (across, down) = (Double(x - 60), Double(y - 60))
      let power = across * across * across * across + down * down * down * down
      let distance = power.squareRoot().squareRoot()
      return distance <= 40 && distance > 40 - Double(thickness)
    }
    #expect(try components(120, 120, isInk).linesOfFrames.isEmpty)
    expect(
      try box(120, 120, isInk), near: PixelBox(columns: 20..<101, rows: 20..<101), within: 2)
  }
}
