import Testing

@testable import LaminaPNG

@Suite struct CellWallsTests {
  /// A digit 20 pixels wide.
  private func digit(at column: Int, rows: Range<Int> = 60..<100) -> PixelBox {
    PixelBox(columns: column..<column + 20, rows: rows)
  }

  @Test func neighboursStandInTwoCellsInOneOrInNone() throws {
    let digits = [10, 40, 80, 110].map { digit(at: $0) }
    let walls = CellWalls(try Walls.at([5, 70]), around: [digits])
    #expect(walls.place(of: digits[0], digits[1]) == .inCell)
    #expect(walls.place(of: digits[1], digits[2]) == .walled)
    #expect(walls.place(of: digits[2], digits[3]) == .open)
  }

  @Test func wallsReachNoFartherThanTheyGo() throws {
    let digits = [10, 50].map { digit(at: $0, rows: 150..<190) }
    let walls = CellWalls(try Walls.at([5, 40, 80]), around: [digits])
    #expect(walls.place(of: digits[0], digits[1]) == .open)
  }

  @Test func linesUnderDigitsAreSquaredPaperAndNoWalls() throws {
    let digits = [10, 50, 90].map { digit(at: $0) }
    let lines = try Walls.at([5, 20, 40, 60, 80, 100, 120])
    let walls = CellWalls(lines, around: [digits])
    #expect(walls.place(of: digits[0], digits[1]) == .open)
    // One that a stroke of a single digit of many crosses is one.
    let many = (0..<10).map { digit(at: 45, rows: 10 * $0..<10 * $0 + 40) } + [digits[0]]
    let table = CellWalls(try Walls.at([5, 20, 40, 80]), around: [many])
    #expect(table.place(of: digits[0], many[5]) == .walled)
  }
}
