import Lamina
import LaminaPNG
import Testing

@Suite struct DigitPreprocessorTests {
  private let preprocessor = DigitPreprocessor()
  private let seven: GreyImage

  init() throws {
    seven = try PNGDecoder().decode(path: Fixtures.path("digit-seven.png"))
  }

  /// The seven, `scale` times as large, at (`left`, `top`) of a picture of the given size.
  private func drawn(
    scale: Int, left: Int = 0, top: Int = 0, width: Int, height: Int,
    mixing grey: (_ ink: Int) -> Int
  ) throws -> GreyImage {
    try picture(width, height) { column, row in
      guard column >= left, row >= top else { return grey(0) }
      let (x, y) = ((column - left) / scale, (row - top) / scale)
      return grey(x < 28 && y < 28 ? Int(seven.pixels[y * 28 + x]) : 0)
    }
  }

  // MARK: The same digit

  @Test func lightOnDark28x28StaysBitForBit() throws {
    #expect(try preprocessor.digit(from: seven) == seven)
    let grey = try drawn(scale: 1, width: 28, height: 28) { 40 + $0 / 2 }
    #expect(try preprocessor.digit(from: grey) == grey)
  }

  @Test func inverted28x28GivesTheSameDigit() throws {
    let inverted = try drawn(scale: 1, width: 28, height: 28) { 255 - $0 }
    #expect(try preprocessor.digit(from: inverted) == seven)
  }

  @Test(arguments: [1, 2, 3, 4, 7, 20])
  func enlargedShiftedAndInvertedGivesTheSameDigit(scale: Int) throws {
    let image = try drawn(
      scale: scale, left: 11, top: 3, width: 28 * scale + 60, height: 28 * scale + 9
    ) { 255 - $0 }
    #expect(try preprocessor.digit(from: image) == seven)
  }

  @Test func greyInkOnGreyPaperGivesNearlyTheSameDigit() throws {
    let image = try drawn(scale: 4, left: 5, top: 9, width: 140, height: 130) { 170 - $0 / 4 }
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 0.5)
  }

  @Test func noisyPaperGivesNearlyTheSameDigit() throws {
    var generator = SeededGenerator(seed: 3)
    let image = try drawn(scale: 4, left: 5, top: 9, width: 140, height: 130) {
      // The sum of four is nearly normal, with a standard deviation of 5.2.
      let noise = (0..<4).reduce(0) { sum, _ in sum + Int.random(in: -4...4, using: &generator) }
      return 220 - $0 * 3 / 4 + noise
    }
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 2)
  }

  @Test func blueInkOnYellowPaperGivesNearlyTheSameDigit() throws {
    let image = try PNGDecoder().decode(path: Fixtures.path("digit-seven-on-paper.png"))
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 1)
  }

  @Test func oddEnlargementGivesNearlyTheSameDigit() throws {
    // 2.5 times as large: pixels are alternately two and three wide.
    let image = try picture(70, 70) { x, y in 255 - Int(seven.pixels[y * 2 / 5 * 28 + x * 2 / 5]) }
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 6)
  }

  // MARK: Form of the result

  @Test(arguments: [(10, 100), (100, 10), (60, 60), (3, 5), (1_000, 7)])
  func digitFits20x20AndReachesWhite(width: Int, height: Int) throws {
    let image = try picture(width + 40, height + 40) { x, y in
      (20..<20 + width).contains(x) && (20..<20 + height).contains(y) ? 0 : 255
    }
    let digit = try preprocessor.digit(from: image)
    let inked = digit.pixels.indices.filter { digit.pixels[$0] > 0 }
    let columns = Set(inked.map { $0 % 28 })
    let rows = Set(inked.map { $0 / 28 })
    let longer = max(width, height)
    #expect(max(columns.count, rows.count) == 20)
    #expect(columns.count == max(1, (width * 20 + longer / 2) / longer))
    #expect(rows.count == max(1, (height * 20 + longer / 2) / longer))
    #expect(digit.pixels.max() == 255)
  }

  @Test func centreOfMassFallsOnPixel14() throws {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<100 {
      // A heavy bar with a light foot at a random place.
      let foot = Int.random(in: 10...30, using: &generator)
      let image = try picture(60, 60) { x, y in
        (20..<26).contains(x) && (10..<50).contains(y)
          ? 255 : y == foot && x > 25 && x < 40 ? 99 : 0
      }
      let digit = try preprocessor.digit(from: image)
      let mass = digit.pixels.reduce(0.0) { $0 + Double($1) }
      var centre = (x: 0.0, y: 0.0)
      for (index, pixel) in digit.pixels.enumerated() {
        centre.x += Double(index % 28) * Double(pixel) / mass
        centre.y += Double(index / 28) * Double(pixel) / mass
      }
      #expect(centre.x > 13.499 && centre.x < 14.5)
      #expect(centre.y > 13.499 && centre.y < 14.5)
    }
  }

  @Test func lopsidedInkStaysInside() throws {
    // Nearly all mass is at the left end of a long thin line.
    let image = try picture(200, 60) { x, y in
      x > 10 && x < 20 && y > 10 && y < 50 ? 255 : y == 30 && x > 10 && x < 190 ? 255 : 0
    }
    let digit = try preprocessor.digit(from: image)
    let columns = Set(digit.pixels.indices.filter { digit.pixels[$0] > 0 }.map { $0 % 28 })
    #expect(columns.count == 20)
  }

  // MARK: No digit

  @Test(arguments: [
    (28, 28, 0), (28, 28, 255), (1, 1, 7), (1, 500, 90), (500, 1, 90), (300, 200, 255),
  ])
  func blankPictureHasNoDigit(width: Int, height: Int, grey: Int) throws {
    let image = try picture(width, height) { _, _ in grey }
    let error = #expect(throws: LaminaError.self) { try preprocessor.digit(from: image) }
    #expect(
      error
        == LaminaError(
          .noDigit, "no digit found: the picture is blank (all pixels about \(grey))"))
  }

  @Test func noiseAloneIsNoDigit() throws {
    var generator = SeededGenerator(seed: 5)
    let image = try picture(200, 100) { _, _ in 240 + Int.random(in: -7...7, using: &generator) }
    let error = #expect(throws: LaminaError.self) { try preprocessor.digit(from: image) }
    #expect(error?.kind == .noDigit)
  }

  // MARK: Odd pictures

  @Test func tinyAndThinPicturesNeverCrash() throws {
    var generator = SeededGenerator(seed: 6)
    let sides = [1, 2, 3, 5, 19, 20, 21, 27, 28, 29, 400]
    for width in sides {
      for height in sides {
        let darkest = Int.random(in: 0...255, using: &generator)
        let image = try picture(width, height) { _, _ in
          Int.random(in: darkest...255, using: &generator)
        }
        if let digit = try? preprocessor.digit(from: image) {
          #expect((digit.width, digit.height) == (28, 28))
        }
      }
    }
  }
}
