import Lamina
import Testing

@testable import LaminaPNG

@Suite struct DigitFinderTests {
  /// The box of the digit in a picture of dark ink on white.
  private func box(
    _ width: Int = 100, _ height: Int = 100, _ isInk: (_ x: Int, _ y: Int) -> Bool
  ) throws -> PixelBox {
    try box(of: picture(width, height) { x, y in isInk(x, y) ? 0 : 255 })
  }

  private func box(of image: GreyImage) throws -> PixelBox {
    let ink = try Ink(of: image)
    let parts = try DigitFinder(components: InkComponents(of: ink), isFaint: ink.isFaint).digit()
    let first = try #require(parts.first)
    return parts.reduce(first.box) { $0.union($1.box) }
  }

  private func isBar(_ x: Int, _ y: Int) -> Bool {
    (46..<54).contains(x) && (20..<80).contains(y)
  }

  private let bar = PixelBox(columns: 46..<54, rows: 20..<80)

  // MARK: What belongs to the digit

  @Test func brokenStrokesStayTogether() throws {
    // Cut twice, and a bow beside it.
    let found = try box { x, y in
      isBar(x, y) && !(35..<39).contains(y) && !(60..<66).contains(y)
        || (62..<68).contains(x) && (30..<60).contains(y)
    }
    #expect(found == PixelBox(columns: 46..<68, rows: 20..<80))
  }

  @Test func fiveWithASeparateTopIsWhole() throws {
    let found = try box { x, y in
      (30..<36).contains(x) && (30..<50).contains(y)
        || (30..<60).contains(x) && (44..<50).contains(y)
        || (54..<60).contains(x) && (44..<75).contains(y)
        || (28..<60).contains(x) && (70..<76).contains(y)
        || (42..<66).contains(x) && (22..<28).contains(y)
    }
    #expect(found == PixelBox(columns: 28..<66, rows: 22..<76))
  }

  @Test func specksAreLeftOut() throws {
    let found = try box { x, y in
      isBar(x, y) || x == 40 && y == 30 || x == 60 && (50..<52).contains(y) || x == 90 && y == 5
        || x == 3 && y == 97
    }
    #expect(found == bar)
  }

  @Test func farPartsAreLeftOut() throws {
    let found = try box(200, 100) { x, y in
      isBar(x, y) || (150..<157).contains(x) && (30..<70).contains(y)
    }
    #expect(found == bar)
  }

  @Test func heaviestOfSeveralIsTheDigit() throws {
    let found = try box(300, 100) { x, y in
      (20..<26).contains(x) && (30..<60).contains(y)
        || (146..<154).contains(x) && (20..<80).contains(y)
        || (260..<266).contains(x) && (30..<60).contains(y)
    }
    #expect(found == PixelBox(columns: 146..<154, rows: 20..<80))
  }

  // MARK: What is no digit's

  @Test func darkEdgesOfAScannerAreLeftOut() throws {
    let found = try box { x, y in isBar(x, y) || x < 3 || y > 95 }
    #expect(found == bar)
    #expect(try box { x, y in isBar(x, y) || x > 96 } == bar)
  }

  @Test func digitThatTouchesTheBorderIsFound() throws {
    #expect(
      try box { x, y in (0..<10).contains(x) && y > 10 && y < 90 }
        == PixelBox(columns: 0..<10, rows: 11..<90))
  }

  @Test func rulesOfPaperAreLeftOut() throws {
    let found = try box(120, 120) { x, y in
      y % 50 == 3 || (52..<56).contains(x) && (60..<96).contains(y)
    }
    #expect(found == PixelBox(columns: 52..<56, rows: 60..<96))
  }

  @Test func squaresOfPaperAreLeftOut() throws {
    // The digit stands within a square of the grid.
    let found = try box(200, 200) { x, y in
      x % 60 == 10 || y % 60 == 10 || (95..<103).contains(x) && (80..<120).contains(y)
    }
    #expect(found == PixelBox(columns: 95..<103, rows: 80..<120))
  }

  // MARK: No digit

  @Test func rulesAloneAreNoDigit() {
    #expect(throws: LaminaError(.noDigit, "no digit found: there is no stroke in the picture")) {
      try box { _, y in y % 20 == 3 }
    }
  }

  @Test func manySpecksAreNoDigit() throws {
    var generator = SeededGenerator(seed: 83)
    let specks = (0..<60).map { _ in
      (Int.random(in: 3..<190, using: &generator), Int.random(in: 3..<190, using: &generator))
    }
    let error = #expect(throws: LaminaError.self) {
      try box(200, 200) { x, y in
        specks.contains { (x - $0.0) * (x - $0.0) + (y - $0.1) * (y - $0.1) < 9 }
      }
    }
    #expect(error?.kind == .noDigit)
    #expect(error?.message.hasSuffix("specks, and none stands out") == true)
  }

  @Test func strokeAmongSpecksIsFound() throws {
    var generator = SeededGenerator(seed: 84)
    let specks = (0..<60).map { _ in
      (Int.random(in: 3..<190, using: &generator), Int.random(in: 3..<190, using: &generator))
    }
    let found = try box(200, 200) { x, y in
      (90..<110).contains(x) && (40..<160).contains(y)
        || specks.contains { (x - $0.0) * (x - $0.0) + (y - $0.1) * (y - $0.1) < 2 }
    }
    #expect(found.columns.count <= 30 && found.rows.count <= 130)
    #expect(found.columns.lowerBound >= 80 && found.rows.lowerBound >= 30)
  }

  @Test func whatFadesIntoThePaperIsNoDigitAndWhatDoesNotIs() throws {
    // A cloud, 30 greys dark in its middle, and a stroke of as much.
    func cloud(_ x: Int, _ y: Int) -> Int {
      let distance = Double((x - 50) * (x - 50) + (y - 50) * (y - 50)).squareRoot()
      return 220 - Int(max(0, 30 * (1 - distance / 22)).rounded())
    }
    let error = #expect(throws: LaminaError.self) { try box(of: try picture(100, 100, cloud)) }
    #expect(
      error
        == LaminaError(.noDigit, "no digit found: what stands out of the paper fades into it"))
    #expect(try box(of: try picture(100, 100) { isBar($0, $1) ? 190 : 220 }) == bar)
  }
}
