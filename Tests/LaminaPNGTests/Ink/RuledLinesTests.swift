import Testing

@testable import LaminaPNG

@Suite struct RuledLinesTests {
  /// The lines of dark ink on white.
  private func lines(
    _ width: Int, _ height: Int, thickness: Int = 2, leastLength: Int = 60,
    _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> RuledLines {
    let image = try picture(width, height) { x, y in isInk(x, y) ? 0 : 255 }
    let components = InkComponents(of: try Ink(of: image, isLight: false))
    var lines = RuledLines()
    for part in components.components {
      lines.add(
        RuledLines(of: part, in: components, thickness: thickness, leastLength: leastLength))
    }
    return lines
  }

  // MARK: What is followed

  @Test func lineGoesOnBehindAStrokeWhosePixelsAreNotItsOwn() throws {
    func isInk(_ x: Int, _ y: Int) -> Bool {
      (60..<62).contains(y) || (50..<60).contains(x) && (30..<90).contains(y)
    }
    func expect(_ found: [RuledLines.Line]) throws {
      let line = try #require(found.first)
      #expect(found.count == 1)
      #expect(line.span == 0..<120)
      #expect(line.thickness == 2)
      #expect(line.runs.map { $0.position } == Array(0..<50) + Array(60..<120))
      #expect(line.runs.allSatisfy { $0.pixels == 60..<62 })
    }
    let across = try lines(120, 120, isInk)
    try expect(across.across)
    #expect(across.down.isEmpty)
    #expect((across.count, across.area) == (1, 220))
    let down = try lines(120, 120) { x, y in isInk(y, x) }
    try expect(down.down)
    #expect(down.across.isEmpty)
  }

  @Test func crossingOfTwoLinesBelongsToBoth() throws {
    let found = try lines(120, 120) { x, y in (60..<62).contains(y) || (40..<42).contains(x) }
    #expect(found.across.map { $0.runs.count } == [120])
    #expect(found.down.map { $0.runs.count } == [120])
  }

  @Test func lineEndsAtAStrokeThatIsWiderThanAnEighthOfIt() throws {
    func spans(_ stroke: Range<Int>) throws -> [Range<Int>] {
      try lines(120, 120, leastLength: 30) { x, y in
        (60..<62).contains(y) || stroke.contains(x) && (30..<90).contains(y)
      }.across.map { $0.span }
    }
    #expect(try spans(50..<65) == [0..<120])
    #expect(try spans(50..<66) == [0..<50, 66..<120])
  }

  @Test func lineDoesNotBeginBeforeAStrokeWiderThanWhatStandsThere() throws {
    let found = try lines(120, 120) { x, y in
      (60..<62).contains(y) || (3..<12).contains(x) && (30..<90).contains(y)
    }
    #expect(found.across.map { $0.span } == [12..<120])
  }

  // MARK: Slope, thickness and length

  @Test(arguments: [40, 16, 8, -8, -40])
  func linesThatClimbOrFallByUpToOneInEightAreFollowed(run: Int) throws {
    func isInk(_ x: Int, _ y: Int) -> Bool { (0..<2).contains(y - 60 - x / run) }
    #expect(try lines(160, 120, isInk).across.map { $0.span } == [0..<160])
    #expect(try lines(120, 160) { isInk($1, $0) }.down.map { $0.span } == [0..<160])
  }

  @Test(arguments: [6, 4, 2, -4, -6])
  func steeperStrokesAreNoLines(run: Int) throws {
    func isInk(_ x: Int, _ y: Int) -> Bool { (0..<2).contains(y - 100 - x / run) }
    #expect(try lines(160, 200, isInk).across.isEmpty)
    #expect(try lines(200, 160) { isInk($1, $0) }.down.isEmpty)
  }

  @Test func thickRunsAreNoLine() throws {
    func lines(thickness: Int) throws -> RuledLines {
      try self.lines(120, 120, thickness: thickness) { _, y in (50..<56).contains(y) }
    }
    #expect(try lines(thickness: 6).across.map { $0.thickness } == [6])
    #expect(try lines(thickness: 5).isEmpty)
  }

  @Test func shorterOnesAreNoLines() throws {
    func lines(length: Int) throws -> RuledLines {
      try self.lines(120, 120) { x, y in (20..<20 + length).contains(x) && y == 60 }
    }
    #expect(try lines(length: 60).across.map { $0.span } == [20..<80])
    #expect(try lines(length: 59).isEmpty)
  }

  @Test func arcsAreBowsAndSlantedLinesAreNot() throws {
    let ring = try lines(160, 160) { x, y in
      let distance = (x - 80) * (x - 80) + (y - 80) * (y - 80)
      return distance <= 3_600 && distance >= 3_364
    }
    #expect(!ring.isEmpty)
    #expect((ring.across + ring.down).allSatisfy { $0.isBow })
    let slanted = try lines(160, 160) { x, y in (0..<2).contains(y - 60 - x / 9) }
    #expect(slanted.across.map { $0.isBow } == [false])
  }

  // MARK: Limits

  @Test func noMoreThanTwoHundredLinesAreFollowedSideBySide() throws {
    // A comb, whose back makes one part of its 240 teeth.
    let found = try lines(120, 960) { x, y in x < 4 || y % 4 == 0 }
    #expect(found.across.count == 200)
  }

  @Test func noiseHasNoLines() throws {
    var generator = SeededGenerator(seed: 141)
    let found = try lines(1_024, 1_024, leastLength: 400) { _, _ in
      Int.random(in: 0..<100, using: &generator) < 25
    }
    #expect(found.isEmpty)
  }

  @Test func linesNearTheBorderGoOnToItWhenAsked() throws {
    var found = try lines(120, 120) { x, y in (3..<114).contains(x) && (60..<62).contains(y) }
    found.reachBorders(width: 120, height: 120, within: 3)
    #expect(found.across.map { $0.span } == [0..<114])
    found.reachBorders(width: 120, height: 120, within: 6)
    #expect(found.across.map { $0.span } == [0..<120])
    #expect(found.area == 240)
  }

  @Test func crossingOfThickLinesIsPaintedOver() throws {
    // A frame, whose corners are too thick for the lines that end there, and a line between.
    func isInk(_ x: Int, _ y: Int) -> Bool {
      guard (20..<100).contains(x), (20..<100).contains(y) else { return false }
      return min(min(x, y) - 20, 99 - max(x, y)) < 6 || (60..<62).contains(x)
    }
    var found = try lines(120, 120, thickness: 6, isInk)
    #expect((found.across.count, found.down.count) == (2, 3))
    let image = try picture(120, 120) { x, y in isInk(x, y) ? 0 : 200 }
    let paper = try picture(120, 120) { _, _ in 200 }
    #expect(image.paintedOver(found) != paper)
    found.addCrossings()
    // To a shade.
    #expect(image.paintedOver(found).pixels.allSatisfy { $0 > 170 })
  }

  @Test func linesThatDoNotMeetDoNotCross() throws {
    var found = try lines(120, 120) { x, y in
      (20..<22).contains(y) && x < 80 || (100..<102).contains(x) && y > 40
    }
    let area = found.area
    found.addCrossings()
    #expect((found.count, found.area) == (2, area))
  }

  // MARK: How even

  @Test func evenLineLosesTheStrokesThatItCrosses() throws {
    func isInk(_ x: Int, _ y: Int) -> Bool {
      (60..<62).contains(y) || (30..<50).contains(x) && (58..<66).contains(y)
    }
    let found = try lines(120, 120, thickness: 8, isInk)
    #expect(found.across.map { $0.runs.count } == [120])
    #expect(found.across.map { $0.usualThickness } == [2])
    #expect(found.even.across.map { $0.runs.count } == [100])
    // Where half of it is strokes it is no line.
    let uneven = try lines(120, 120, thickness: 8) { x, y in isInk(x % 60, y) }
    #expect(uneven.across.map { $0.runs.count } == [120])
    #expect(uneven.even.isEmpty)
  }

  @Test func lineKnowsWhereItIsAndWhatItIsInside() throws {
    let line = try #require(
      try lines(160, 120) { x, y in (0..<2).contains(y - 60 - x / 40) }.across.first)
    #expect(line.pixels(nearest: 0) == 60..<62)
    #expect(line.pixels(nearest: 90) == 62..<64)
    #expect(line.pixels(nearest: 999) == 63..<65)
    #expect(line.isInside(0..<120))
    #expect(!line.isInside(0..<62))
    #expect(!line.isInside(58..<120))
  }

  // MARK: Painting over

  @Test func linesArePaintedOverWithWhatLiesBetweenTheGreysOnBothSides() throws {
    let found = try lines(120, 120) { _, y in (60..<62).contains(y) }
    let upright = try lines(120, 120) { x, _ in (60..<62).contains(x) }
    // The line shades a pixel on each side.
    func grey(_ x: Int, _ y: Int) -> Int { (59..<63).contains(y) ? 0 : 20 + y }
    let clean = try picture(120, 120) { _, y in 20 + y }
    #expect(try picture(120, 120, grey).paintedOver(found) == clean)
    let turned = try picture(120, 120) { x, _ in 20 + x }
    #expect(try picture(120, 120) { x, y in grey(y, x) }.paintedOver(upright) == turned)
  }

  @Test(arguments: [0, 1, 117, 118])
  func linesAtTheBorderTakeTheGreyOfTheOtherSide(first: Int) throws {
    func isInk(_ y: Int) -> Bool { (first..<first + 2).contains(y) }
    let across = try lines(120, 120) { _, y in isInk(y) }
    let down = try lines(120, 120) { x, _ in isInk(x) }
    try #require(across.across.count == 1 && down.down.count == 1)
    let paper = try picture(120, 120) { _, _ in 200 }
    #expect(try picture(120, 120) { _, y in isInk(y) ? 0 : 200 }.paintedOver(across) == paper)
    #expect(try picture(120, 120) { x, _ in isInk(x) ? 0 : 200 }.paintedOver(down) == paper)
  }

  @Test func pixelsOfACrossingStrokeStay() throws {
    func isStroke(_ x: Int, _ y: Int) -> Bool {
      (50..<60).contains(x) && (30..<90).contains(y)
    }
    func isLine(_ y: Int) -> Bool { (60..<62).contains(y) }
    let found = try lines(120, 120) { x, y in isLine(y) || isStroke(x, y) }
    let image = try picture(120, 120) { x, y in isLine(y) || isStroke(x, y) ? 0 : 255 }
    #expect(
      try image.paintedOver(found) == picture(120, 120) { x, y in isStroke(x, y) ? 0 : 255 })
  }

  @Test func pictureWithoutLinesStaysAsItIs() throws {
    let image = try noise(30, 20, seed: 142)
    #expect(image.paintedOver(RuledLines()) == image)
  }
}
