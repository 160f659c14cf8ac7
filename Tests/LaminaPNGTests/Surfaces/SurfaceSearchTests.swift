import Lamina
import Testing

@testable import LaminaPNG

@Suite struct SurfaceSearchTests {
  private let digits: [GreyImage]

  init() throws { digits = try SampleDigits.plain() }

  private func expect(_ digit: GreyImage, like original: GreyImage, _ what: String = "") {
    #expect(meanDifference(digit, original) < 16, "\(what)")
  }

  @Test(arguments: [0.0, 0.1, -0.2])
  func digitOnASheetOnATableIsFound(slope: Double) throws {
    for (label, digit) in digits.enumerated() {
      let sheet = try Sheet(digit: digit, slope: slope).drawn()
      expect(try DigitPreprocessor().digit(from: sheet), like: digit, "\(label)")
      expect(try DigitPreprocessor().digit(from: sheet.inverted), like: digit, "\(label) inverted")
    }
  }

  @Test func digitOnADiscOrAKeyIsFound() throws {
    for (label, digit) in digits.enumerated() {
      let disc = try Sheet(digit: digit, ink: 250, paper: 30, table: 230, isRound: true).drawn()
      expect(try DigitPreprocessor().digit(from: disc), like: digit, "\(label)")
      // The digit is lighter than its key, and the key than what it lies in.
      let key = try Sheet(digit: digit, ink: 240, paper: 110, table: 30).drawn()
      expect(try DigitPreprocessor().digit(from: key), like: digit, "\(label)")
    }
  }

  @Test(arguments: [(-30, 30), (50, -20), (-30, -20), (150, 30)])
  func digitOnASheetThatGoesOnBeyondThePictureIsFound(left: Int, top: Int) throws {
    var sheet = Sheet(digit: digits[5], left: left, top: top)
    // Room for the digit where the sheet is cut.
    if left > 100 { sheet = Sheet(digit: digits[5], left: 110, top: top) }
    expect(try DigitPreprocessor().digit(from: sheet.drawn()), like: digits[5])
  }

  @Test func digitInARingIsFound() throws {
    for (label, digit) in digits.enumerated() {
      let image = try picture(140, 140) { x, y in
        let distance = Double((x - 70) * (x - 70) + (y - 70) * (y - 70)).squareRoot()
        let (column, row) = ((x - 42) / 2, (y - 42) / 2)
        let isDigit = x >= 42 && y >= 42 && column < 28 && row < 28
        if (54..<59).contains(distance) { return 20 }
        return isDigit ? 245 - Int(digit.pixels[row * 28 + column]) * 225 / 255 : 245
      }
      expect(try DigitPreprocessor().digit(from: image), like: digit, "\(label)")
    }
  }

  @Test(arguments: [0.0, 0.15]) func emptySheetIsNoDigit(slope: Double) throws {
    let sheet = try Sheet(slope: slope).drawn()
    let error = #expect(throws: LaminaError.self) { try DigitSearch(in: sheet) }
    #expect(error?.kind == .noDigit)
    #expect(error?.message == "no digit found: the picture shows an empty sheet")
  }

  @Test func tableBesideAnEmptySheetIsNoDigit() throws {
    for width in [20, 50, 80] {
      let image = try picture(240, 200) { x, y in
        x + y / 40 < width ? 60 : 230 + (x * 7 + y * 13) % 5
      }
      let error = #expect(throws: LaminaError.self) { try DigitSearch(in: image) }
      #expect(error?.kind == .noDigit)
    }
  }

  @Test func spotOfLightOnThePaperIsNotTheInk() throws {
    for (label, digit) in digits.enumerated() {
      let image = try picture(160, 160) { x, y in
        let distance = (x - 120) * (x - 120) + (y - 30) * (y - 30)
        let paper = distance < 900 ? 255 - distance / 18 : 205
        let (column, row) = ((x - 40) / 3, (y - 60) / 3)
        let isDigit = x >= 40 && y >= 60 && column < 28 && row < 28
        return isDigit ? paper - Int(digit.pixels[row * 28 + column]) * 80 / 255 : paper
      }
      let paper = try DigitSearch(in: image)
      #expect(paper.looks.last?.ink.isLight == false, "\(label)")
    }
  }

  @Test func picturesWithoutSurfacesHaveNone() throws {
    for image in [try picture(90, 60) { _, _ in 77 }, try noise(90, 60, seed: 3)] {
      let search = SurfaceSearch(in: image)
      #expect(search.writtenOn == nil)
      #expect(search.isPaperLight == nil)
      #expect(search.empty(like: PixelBox(columns: 20..<50, rows: 10..<40)) == nil)
    }
  }

  @Test func paperOfAnOrdinaryPictureIsKnown() throws {
    let image = try picture(112, 112) { 255 - Int(digits[2].pixels[$1 / 4 * 28 + $0 / 4]) }
    #expect(SurfaceSearch(in: image).isPaperLight == true)
    #expect(SurfaceSearch(in: image.inverted).isPaperLight == false)
    #expect(SurfaceSearch(in: image).writtenOn == nil)
  }
}
