import Lamina
import Testing

@testable import LaminaPNG

@Suite struct RuledPaperTests {
  /// The box of the digit that the whole preprocessing finds in a picture of dark ink on white.
  private func box(
    _ width: Int, _ height: Int, _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> PixelBox? {
    let image = try picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }
    return DigitPreprocessor().steps(of: Picture(image)).box
  }

  /// Whether a box is about what was drawn: no farther than three pixels on each side.
  private func isAbout(_ box: PixelBox?, columns: Range<Int>, rows: Range<Int>) -> Bool {
    guard let box else { return false }
    return abs(box.columns.lowerBound - columns.lowerBound) <= 3
      && abs(box.columns.upperBound - columns.upperBound) <= 3
      && abs(box.rows.lowerBound - rows.lowerBound) <= 3
      && abs(box.rows.upperBound - rows.upperBound) <= 3
  }

  // MARK: Paper

  @Test func rulesThatCrossTheDigitAreNoneOfIt() throws {
    let found = try box(240, 240) { x, y in
      y % 28 == 3 || y % 28 == 4 || (112..<116).contains(x) && (60..<120).contains(y)
    }
    #expect(isAbout(found, columns: 112..<116, rows: 60..<120), "\(String(describing: found))")
  }

  @Test func squaresThatCrossTheDigitAreNoneOfIt() throws {
    let found = try box(240, 240) { x, y in
      y % 40 == 3 || x % 40 == 9 || (112..<118).contains(x) && (60..<140).contains(y)
    }
    #expect(isAbout(found, columns: 112..<118, rows: 60..<140), "\(String(describing: found))")
  }

  @Test(arguments: [8, 16, 24])
  func penThatIsThickerThanTheRulesIsFound(pen: Int) throws {
    let found = try box(240, 240) { x, y in
      y % 50 == 3 || y % 50 == 4 || (112..<112 + pen).contains(x) && (61..<140).contains(y)
    }
    #expect(
      isAbout(found, columns: 112..<112 + pen, rows: 61..<140), "\(String(describing: found))")
  }

  @Test func emptySquaredPaperHasNoDigit() throws {
    #expect(try box(240, 240) { x, y in y % 40 == 3 || x % 40 == 9 } == nil)
  }

  @Test func digitThatFillsItsPictureKeepsItsBars() throws {
    // A 7, an 8 and a slanted 1, from border to border.
    func keeps(_ width: Int, _ height: Int, _ isInk: (Int, Int) -> Bool) throws -> Bool {
      isAbout(try box(width, height, isInk), columns: 0..<width, rows: 0..<height)
    }
    #expect(try keeps(60, 80) { x, y in y < 2 || abs(x - (58 - y / 2)) < 2 })
    #expect(
      try keeps(60, 80) { x, y in
        let square = 4 * (x - 30) * (x - 30) + 9 * (y % 40 - 20) * (y % 40 - 20)
        return (2_600...3_600).contains(square)
      })
    #expect(try keeps(30, 80) { x, y in abs(x - 28 + y / 3) < 3 })
  }

  // MARK: Frames

  private func isBar(_ x: Int, _ y: Int) -> Bool {
    (46..<54).contains(x) && (20..<80).contains(y)
  }

  @Test(arguments: [2, 6, 10])
  func frameAroundTheDigitIsNoneOfIt(margin: Int) throws {
    let found = try box(100, 100) { x, y in
      let edge = min(min(x, y), 99 - max(x, y))
      return isBar(x, y) || edge == margin || edge == margin + 1
    }
    #expect(isAbout(found, columns: 46..<54, rows: 20..<80), "\(String(describing: found))")
  }

  @Test func digitThatTouchesItsFrameIsFound() throws {
    let found = try box(120, 120) { x, y in
      let edge = min(min(x, y), 119 - max(x, y))
      return edge == 20 || edge == 21 || (56..<64).contains(x) && (22..<90).contains(y)
    }
    #expect(isAbout(found, columns: 56..<64, rows: 22..<90), "\(String(describing: found))")
  }

  @Test func emptyFrameStays() throws {
    // A 0 as clocks have it.
    let found = try box(120, 120) { x, y in
      let isInside = (40..<80).contains(x) && (20..<100).contains(y)
      return isInside && !((44..<76).contains(x) && (24..<96).contains(y))
    }
    #expect(isAbout(found, columns: 40..<80, rows: 20..<100), "\(String(describing: found))")
  }

  @Test func cellsInARowAreFramesAndTheirDigitsAreNot() throws {
    let image = try picture(260, 90) { x, y in
      let isRow = (20..<70).contains(y) && (20..<222).contains(x)
      let isLine = isRow && (y < 22 || y >= 68 || (x - 20) % 50 < 2)
      let isDigit = (x - 20) % 50 > 22 && (x - 20) % 50 < 30 && (30..<60).contains(y) && isRow
      return isLine || isDigit && x < 220 ? 0 : 255
    }
    let components = InkComponents(of: try Ink(of: image))
    let lines = components.linesOfFrames
    #expect(lines.across.count == 2)
    #expect(lines.down.count == 5)
    let rest = InkComponents(of: try Ink(of: image.paintedOver(lines)))
    // Besides crumbs where lines cross.
    #expect(rest.components.count { $0.area > 100 } == 4)
  }
}
