import Testing

@testable import LaminaPNG

@Suite struct WordSpacingTests {
  /// Boxes 40 pixels high, each so wide and so far behind the one before.
  private func line(_ digits: [(gap: Int, width: Int)]) -> [PixelBox] {
    var place = 0
    return digits.map { digit in
      place += digit.gap + digit.width
      return PixelBox(columns: place - digit.width..<place, rows: 100..<140)
    }
  }

  private func beginnings(
    _ boxes: [PixelBox], signs: [PixelBox] = [], walls: [RuledLines.Line] = []
  ) -> [Int] {
    let begins = WordSpacing(of: [boxes], signs: signs, walls: walls).wordBeginnings
    return begins.flatMap { begins in begins.indices.filter { begins[$0] } }
  }

  @Test func wordsBeginBehindWideGaps() {
    let boxes = line([(0, 24), (6, 24), (8, 24), (30, 24), (7, 24)])
    #expect(beginnings(boxes) == [0, 3])
  }

  @Test func nothingHasNoWordsAndADigitIsOne() {
    #expect(beginnings([]).isEmpty)
    #expect(beginnings(line([(5, 24)])) == [0])
  }

  @Test func signsEndNoWord() {
    // 12.50
    let boxes = line([(0, 24), (6, 24), (22, 24), (6, 24)])
    let point = PixelBox(columns: 62..<68, rows: 134..<140)
    #expect(beginnings(boxes) == [0, 2])
    #expect(beginnings(boxes, signs: [point]) == [0])
    let elsewhere = PixelBox(columns: 62..<68, rows: 174..<180)
    #expect(beginnings(boxes, signs: [elsewhere]) == [0, 2], "of another line")
  }

  @Test func signBeforeAWordLeavesItsSpace() {
    // 1234 -5
    let boxes = line([(0, 24), (6, 24), (6, 24), (6, 24), (50, 24)])
    let minus = PixelBox(columns: 144..<158, rows: 118..<122)
    #expect(beginnings(boxes, signs: [minus]) == [0, 4])
  }

  @Test func digitsInCellsStandApartWithinAWord() {
    let boxes = line([(0, 24), (26, 24), (30, 24), (28, 24), (80, 24), (28, 24)])
    #expect(beginnings(boxes) == [0, 4])
  }

  @Test func twoDigitsFarApartAreWordsUnlessTheyStandInCells() throws {
    let boxes = line([(0, 24), (50, 24)])
    #expect(beginnings(boxes) == [0, 1])
    #expect(try beginnings(boxes, walls: Walls.at([49])) == [0])
  }

  @Test func wallsOfATableEndWords() throws {
    // 12 3 45, with no more room between the cells than between the digits.
    let boxes = line([(4, 24), (8, 24), (8, 24), (8, 24), (8, 24)])
    #expect(beginnings(boxes) == [0])
    #expect(try beginnings(boxes, walls: Walls.at([1, 63, 95, 160])) == [0, 2, 3])
  }

  @Test func spaceWithinACellOfATableIsWide() throws {
    // A cell has one number, unless its digits stand far apart.
    let boxes = line([(4, 24), (6, 24), (20, 24), (6, 24), (40, 24), (8, 24), (8, 24)])
    #expect(beginnings(boxes) == [0, 2, 4])
    #expect(try beginnings(boxes, walls: Walls.at([1, 232, 265])) == [0, 4, 6])
  }

  @Test func digitsOfAFormHaveACellEach() throws {
    let boxes = line([(10, 24), (20, 24), (20, 24), (20, 24)])
    #expect(try beginnings(boxes, walls: Walls.at([1, 44, 88, 132, 176])) == [0])
  }

  @Test func wordsOfEvenPrintStandClose() {
    let boxes = line([(0, 24), (5, 24), (5, 24), (14, 24), (5, 24), (5, 24), (14, 24), (5, 24)])
    #expect(beginnings(boxes) == [0, 3, 6])
  }

  @Test func oneIsGivenTheRoomOfADigit() {
    let boxes = line([(0, 24), (6, 24), (18, 6), (18, 24), (6, 24)])
    #expect(beginnings(boxes) == [0])
  }
}
