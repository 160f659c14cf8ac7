import Lamina
import Testing

@testable import LaminaPNG

@Suite struct RuledLinesTests {
  /// The lines of all ink of a picture that is dark on white.
  private func lines(
    _ width: Int, _ height: Int, thickness: Int = 3, leastLength: Int = 40,
    _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> RuledLines {
    let components = InkComponents(
      of: try Ink(of: picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }))
    var lines = RuledLines()
    for part in components.components {
      lines.add(
        RuledLines(of: part, in: components, thickness: thickness, leastLength: leastLength))
    }
    return lines
  }

  @Test func lineGoesOnBehindAStrokeWhosePixelsAreNotItsOwn() throws {
    let found = try lines(100, 60) { x, y in
      y == 30 || y == 31 || (48..<56).contains(x) && (10..<50).contains(y)
    }
    #expect(found.across.count == 1)
    #expect(found.down.isEmpty)
    let line = try #require(found.across.first)
    #expect(line.span == 0..<100)
    #expect(line.thickness == 2)
    let own = line.runs.map { $0.position }
    #expect(own.allSatisfy { !(48..<56).contains($0) })
    #expect(own.count == 92)
  }

  @Test func linesOfBothDirectionsAreFollowed() throws {
    let found = try lines(100, 100) { x, y in y % 30 == 10 || x % 40 == 20 }
    #expect(found.across.count == 3)
    #expect(found.down.count == 2)
    #expect(found.area > 400)
  }

  @Test func lineMayClimbAPixelInEight() throws {
    #expect(try lines(120, 60) { x, y in (0..<2).contains(y - 20 - x / 9) }.across.count == 1)
    #expect(try lines(120, 120) { x, y in (0..<2).contains(y - 10 - x / 3) }.across.isEmpty)
  }

  @Test func whatIsThickOrShortIsNoLine() throws {
    #expect(try lines(100, 60) { _, y in (30..<34).contains(y) }.isEmpty)
    #expect(try lines(100, 60) { x, y in y == 30 && (10..<45).contains(x) }.isEmpty)
  }

  @Test func noiseEnds() throws {
    let grain = try noise(512, 512, seed: 7)
    let components = InkComponents(of: try Ink(of: grain))
    let largest = try #require(components.components.max { $0.area < $1.area })
    let found = RuledLines(of: largest, in: components, thickness: 8, leastLength: 256)
    #expect(found.count <= 512)
  }

  @Test func linesReachTheBorderTheyEndAt() throws {
    var found = try lines(100, 60) { x, y in y == 30 && (4..<97).contains(x) }
    found.reachBorders(width: 100, height: 60, within: 3)
    #expect(found.across.first?.span == 4..<100)
    found.reachBorders(width: 100, height: 60, within: 4)
    #expect(found.across.first?.span == 0..<100)
  }

  @Test func linesArePaintedOverWithTheGreysBesideThem() throws {
    var found = try lines(100, 60) { x, y in y == 30 || y == 0 || x == 50 }
    found.reachBorders(width: 100, height: 60, within: 2)
    // Darker downwards, so that the greys on the two sides differ.
    let image = try picture(100, 60) { x, y in
      y == 30 || y == 0 || x == 50 ? 0 : 200 - y
    }
    let painted = image.paintedOver(found)
    let wanted = try picture(100, 60) { _, y in 200 - y }
    #expect(meanDifference(painted, wanted) < 0.2)
    #expect(painted.pixels.min() ?? 0 > 130)
  }
}
