import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PageLayoutTests {
  private func lines(of page: Page) throws -> [[PixelBox]] {
    let layout = try PageLayout(of: InkComponents(of: try Ink(of: page.image)))
    return layout.lines.map { line in line.map { $0.box } }
  }

  /// Whether a layout is the page's digits in the given order, to the pixels of their rims.
  private func expect(_ page: Page, _ order: [[Int]]) throws {
    let lines = try lines(of: page)
    #expect(lines.map { $0.count } == order.map { $0.count })
    for (found, indices) in zip(lines, order) {
      for (box, index) in zip(found, indices) {
        let expected = page.boxes[index]
        let tolerance = max(expected.rows.count / 10, 2)
        #expect(abs(box.columns.lowerBound - expected.columns.lowerBound) <= tolerance)
        #expect(abs(box.columns.upperBound - expected.columns.upperBound) <= tolerance)
        #expect(abs(box.rows.lowerBound - expected.rows.lowerBound) <= tolerance)
        #expect(abs(box.rows.upperBound - expected.rows.upperBound) <= tolerance)
      }
    }
  }

  @Test func lineIsReadFromTheLeft() throws {
    var page = try Page(500, 100)
    // Written from the right.
    for (index, digit) in [9, 8, 7, 6, 0, 3].enumerated() {
      try page.write(digit, left: 430 - 70 * index, top: 30, height: 44)
    }
    try expect(page, [[5, 4, 3, 2, 1, 0]])
  }

  @Test func linesAreReadFromTheTop() throws {
    var page = try Page(420, 320)
    try page.writeLine([3, 1, 4, 1, 6], top: 220, height: 40)
    try page.writeLine([2, 7, 1, 8], top: 30, height: 40)
    try page.writeLine([6, 0, 2], top: 120, height: 40)
    try expect(page, [[5, 6, 7, 8], [9, 10, 11], [0, 1, 2, 3, 4]])
  }

  @Test(arguments: [-0.2, -0.1, 0.1, 0.2])
  func linesClimbAndFall(climb: Double) throws {
    var page = try Page(560, 420)
    try page.writeLine([2, 7, 1, 8, 2, 8, 1, 8], top: 130, height: 40, climb: climb)
    try page.writeLine([3, 1, 4, 1, 6, 9, 2, 6], top: 250, height: 40, climb: climb)
    try expect(page, [Array(0..<8), Array(8..<16)])
  }

  @Test func digitsOfOneLineMayHaveDifferentSizes() throws {
    var page = try Page(420, 160)
    for (index, height) in [40, 64, 48, 72, 56].enumerated() {
      try page.write(
        [4, 2, 9, 0, 3][index], left: 30 + 75 * index, top: 110 - height, height: height)
    }
    try expect(page, [[0, 1, 2, 3, 4]])
  }

  @Test func brokenDigitIsOne() throws {
    var page = try Page(300, 120)
    try page.writeLine([2, 0, 7], top: 30, height: 60)
    // A gap through all of them, below their middle.
    let whole = page.image
    let cut = try picture(300, 120) { x, y in
      (72..<75).contains(y) ? 240 : Int(whole.pixels[y * 300 + x])
    }
    let layout = try PageLayout(of: InkComponents(of: try Ink(of: cut)))
    #expect(layout.lines.map { $0.count } == [3])
    #expect(layout.lines[0].allSatisfy { $0.parts.count > 1 && $0.box.rows.count > 50 })
  }

  @Test func topOfAFiveBelongsToIt() throws {
    var page = try Page(300, 120)
    try page.writeLine([2, 0], left: 120, top: 30, height: 60)
    try page.draw { x, y in
      let isTop = (60..<90).contains(x) && (28..<34).contains(y)
      let isBody = (50..<56).contains(x) && (40..<60).contains(y)
      let isBow = (50..<86).contains(x) && (58..<64).contains(y)
      let isEnd = (80..<86).contains(x) && (58..<88).contains(y)
      return isTop || isBody || isBow || isEnd ? 255 : 0
    }
    let boxes = try lines(of: page)
    #expect(boxes.map { $0.count } == [3])
    #expect(boxes[0][0].rows == 28..<88)
  }

  @Test func specksAndHyphensAreNoDigits() throws {
    var page = try Page(460, 120)
    try page.writeLine([2, 0, nil, 1, 7], top: 30, height: 60)
    let space = page.boxes[1].columns.upperBound + 22
    try page.draw { x, y in
      let isSpeck = [(10, 10), (300, 110), (448, 50), (200, 12)].contains {
        abs(x - $0.0) < 2 && abs(y - $0.1) < 2
      }
      let isHyphen = (space..<space + 25).contains(x) && (58..<63).contains(y)
      return isSpeck || isHyphen ? 255 : 0
    }
    try expect(page, [[0, 1, 2, 3]])
  }

  @Test(arguments: [(40, 4), (40, 10), (30, 6)])
  func plusSignIsNoDigit(side: Int, pen: Int) throws {
    var page = try Page(460, 120)
    try page.writeLine([2, 4, nil, nil, 1, 7], top: 30, height: 60)
    let left = page.boxes[1].columns.upperBound + 40
    try page.draw { x, y in
      let (column, row) = (x - left, y - 40)
      guard (0..<side).contains(column), (0..<side).contains(row) else { return 0 }
      // Its arms lean a little.
      let isDown = abs(2 * column + row / 10 - side) < pen
      let isAcross = abs(2 * row + column / 10 - side) < pen
      return isDown || isAcross ? 255 : 0
    }
    try expect(page, [[0, 1, 2, 3]])
    let layout = try PageLayout(of: InkComponents(of: try Ink(of: page.image)))
    #expect(layout.signs.count == 1)
  }

  @Test(arguments: [12, 20, 44]) func noDigitIsAPlusSign(height: Int) throws {
    var page = try Page(900, 100)
    try page.writeLine(Array(0...9), top: 30, height: height)
    try expect(page, [Array(0...9)])
  }

  /// Large digits with a mark behind the second of them, and a line of small ones below.
  private func pageOfTwoSizes(mark: (_ x: Int, _ y: Int) -> Bool) throws -> PageLayout {
    var page = try Page(560, 260)
    try page.writeLine([2, 0], left: 30, top: 30, height: 80)
    try page.writeLine([6, 8], left: 320, top: 30, height: 80)
    try page.writeLine([3, 6, 9, 4, 2], left: 40, top: 190, height: 30)
    let place = page.boxes[1].columns.upperBound + 12
    try page.draw { x, y in mark(x - place, y) ? 255 : 0 }
    return try PageLayout(of: InkComponents(of: try Ink(of: page.image)))
  }

  @Test(arguments: [
    PixelBox(columns: 0..<16, rows: 94..<110), PixelBox(columns: 0..<12, rows: 92..<122),
    PixelBox(columns: 0..<12, rows: 90..<124), PixelBox(columns: 0..<30, rows: 66..<74),
  ])
  func marksOfLargePrintBesideALineOfSmallDigitsAreSigns(mark: PixelBox) throws {
    let layout = try pageOfTwoSizes { x, y in
      mark.columns.contains(x) && mark.rows.contains(y)
    }
    #expect(layout.lines.map { $0.count } == [4, 5])
    #expect(layout.signs.count == 1)
    #expect(layout.signs.first?.rows == mark.rows)
    #expect(layout.signs.first?.columns.count == mark.columns.count)
  }

  @Test func pageOfTwoSizesHasNoSignsWhereItHasNoMarks() throws {
    let layout = try pageOfTwoSizes { _, _ in false }
    #expect(layout.lines.map { $0.count } == [4, 5])
    #expect(layout.signs.isEmpty)
  }

  @Test func lonelySpeckThatIsAsHighAsASmallDigitIsNone() throws {
    var page = try Page(400, 260)
    try page.writeLine([2, 0, 6], top: 30, height: 80)
    try page.draw { x, y in (300..<324).contains(x) && (200..<226).contains(y) ? 255 : 0 }
    try expect(page, [[0, 1, 2]])
  }

  @Test func rulesBetweenLinesAreNoDigits() throws {
    var page = try Page(460, 260)
    try page.writeLine([2, 0, 1, 7], top: 30, height: 60)
    try page.writeLine([3, 6, 9], top: 150, height: 60)
    try page.draw { _, y in [110, 111, 230, 231].contains(y) ? 255 : 0 }
    try expect(page, [[0, 1, 2, 3], [4, 5, 6]])
  }

  @Test func marginLineIsNoDigit() throws {
    // Beside one line of digits, and beside two.
    for height in [100, 200] {
      var page = try Page(460, height)
      try page.writeLine([2, 0, 1, 7], left: 60, top: 30, height: 50)
      if height == 200 { try page.writeLine([3, 6, 9], left: 60, top: 130, height: 50) }
      try page.draw { x, _ in (36..<39).contains(x) ? 255 : 0 }
      try expect(page, height == 200 ? [[0, 1, 2, 3], [4, 5, 6]] : [[0, 1, 2, 3]])
    }
  }

  @Test func oneAsHighAsItsPictureIsADigit() throws {
    var page = try Page(120, 64)
    try page.write(7, left: 20, top: 4, height: 56)
    try page.draw { x, _ in (90..<96).contains(x) ? 255 : 0 }
    #expect(try lines(of: page).map { $0.count } == [2])
    let one = try picture(40, 64) { x, _ in (17..<22).contains(x) ? 0 : 255 }
    let layout = try PageLayout(of: InkComponents(of: try Ink(of: one, isLight: false)))
    #expect(layout.lines.map { $0.count } == [1])
  }

  @Test func frameAroundDigitsIsNoDigit() throws {
    var page = try Page(460, 140)
    try page.writeLine([2, 0, 1, 7], top: 40, height: 60)
    try page.draw { x, y in
      let edge = min(min(x - 12, 447 - x), min(y - 12, 127 - y))
      return edge == 0 || edge == 1 ? 255 : 0
    }
    try expect(page, [[0, 1, 2, 3]])
  }

  @Test func everyPartIsInAtMostOneCharacter() throws {
    var generator = SeededGenerator(seed: 111)
    for seed in 0..<60 {
      let density = Int.random(in: 2...40, using: &generator)
      let image = try picture(90, 70) { x, y in
        (x / 3 * 7919 + y / 3 * 104_729 + seed * 31) % 97 < density ? 10 : 240
      }
      guard let ink = try? Ink(of: image) else { continue }
      let components = InkComponents(of: ink)
      let characters = try PageLayout(of: components).lines.flatMap { $0 }
      let labels = characters.flatMap { $0.parts.map { $0.label } }
      #expect(Set(labels).count == labels.count)
      for character in characters {
        let boxes = character.parts.map { $0.box }
        #expect(character.box == boxes.dropFirst().reduce(boxes[0]) { $0.union($1) })
      }
    }
  }

  @Test func patternOfManySpecksIsNoPage() throws {
    let image = try picture(2_048, 2_048) { x, y in x % 12 < 6 && y % 12 < 6 ? 0 : 255 }
    let components = InkComponents(of: try Ink(of: image))
    try #require(components.components.count == 171 * 171)
    let error = #expect(throws: LaminaError.self) { try PageLayout(of: components) }
    #expect(
      error
        == LaminaError(
          .noDigit, "no digit found: the picture has 29241 specks, a pattern and no page"))
  }
}
