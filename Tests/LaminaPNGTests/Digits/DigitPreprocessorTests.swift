import Lamina
import Testing

@testable import LaminaPNG

@Suite struct DigitPreprocessorTests {
  private let preprocessor = DigitPreprocessor()
  private let seven: GreyImage

  init() throws {
    seven = try PNGDecoder().decode(path: Fixtures.path("digit-seven.png")).grey
  }

  /// A digit, `scale` times as large, at (`left`, `top`) of a picture of the given size.
  private func drawn(
    _ digit: GreyImage, scale: Int, left: Int = 0, top: Int = 0, width: Int, height: Int,
    mixing grey: (_ ink: Int, _ x: Int, _ y: Int) -> Int
  ) throws -> GreyImage {
    try picture(width, height) { column, row in
      guard column >= left, row >= top else { return grey(0, column, row) }
      let (x, y) = ((column - left) / scale, (row - top) / scale)
      return grey(x < 28 && y < 28 ? Int(digit.pixels[y * 28 + x]) : 0, column, row)
    }
  }

  // MARK: Pictures of MNIST's form

  @Test func picturesOfMNISTsFormStayBitForBit() throws {
    for digit in try SampleDigits.plain() { #expect(try preprocessor.digit(from: digit) == digit) }
  }

  @Test(.needsMNIST, arguments: [("train", 60_000), ("t10k", 10_000)])
  func allOfMNISTStaysBitForBit(part: String, count: Int) throws {
    let file = try IDXFile(path: MNIST.defaultDirectory + "/\(part)-images-idx3-ubyte")
    try #require(file.bytes.count == count * 784)
    var changed: [Int] = []
    for index in 0..<count {
      let pixels = Array(file.bytes[index * 784..<(index + 1) * 784])
      let image = try GreyImage(width: 28, height: 28, pixels: pixels)
      if try preprocessor.digit(from: image) != image { changed.append(index) }
    }
    #expect(changed.isEmpty)
  }

  @Test func greyOnGrey28x28IsBroughtToBlackAndWhite() throws {
    for digit in try SampleDigits.plain() {
      let image = try picture(28, 28) { 40 + Int(digit.pixels[$1 * 28 + $0]) / 2 }
      let result = try preprocessor.digit(from: image)
      #expect(result.pixels.max() == 255 && result.pixels.min() == 0)
      #expect(meanDifference(result, digit) < 3)
    }
  }

  // MARK: The same digit

  /// What becomes of a digit that is large and black on white.
  private func reference(_ digit: GreyImage) throws -> GreyImage {
    try preprocessor.digit(
      from: drawn(digit, scale: 4, left: 9, top: 12, width: 140, height: 130) { ink, _, _ in
        255 - ink
      })
  }

  private func share(_ image: GreyImage, like digit: GreyImage) throws -> Double {
    try LaminaPNGTests.share(
      of: preprocessor.digit(from: image), reference(digit), within: 32)
  }

  @Test func digitsStayMuchAsMNISTHasThem() throws {
    for digit in try SampleDigits.plain() {
      #expect(LaminaPNGTests.share(of: try reference(digit), digit, within: 32) > 0.8)
    }
  }

  @Test func shiftedAndInvertedGivesTheSameDigit() throws {
    for digit in try SampleDigits.plain() {
      let results = try [(0, 0), (11, 3), (60, 9)].flatMap { left, top in
        let image = try drawn(digit, scale: 1, left: left, top: top, width: 89, height: 38) {
          ink, _, _ in ink
        }
        return [try preprocessor.digit(from: image), try preprocessor.digit(from: image.inverted)]
      }
      #expect(results.allSatisfy { LaminaPNGTests.share(of: $0, results[0], within: 3) > 0.98 })
      #expect(LaminaPNGTests.share(of: results[0], digit, within: 32) > 0.8)
    }
  }

  @Test(arguments: [2, 3, 4, 7, 20], [(0, 0), (11, 3), (60, 9)])
  func scaledShiftedAndInvertedGivesTheSameDigit(scale: Int, place: (Int, Int)) throws {
    for digit in try SampleDigits.plain() {
      let image = try drawn(
        digit, scale: scale, left: place.0, top: place.1, width: 28 * scale + 61,
        height: 28 * scale + 9
      ) { ink, _, _ in ink }
      #expect(try share(image, like: digit) > 0.9)
      #expect(try share(image.inverted, like: digit) > 0.9)
    }
  }

  @Test(arguments: [(0, 255), (250, 60), (90, 160), (130, 20)])
  func anyInkOnAnyPaperGivesTheSameDigit(ink: Int, paper: Int) throws {
    for digit in try SampleDigits.plain() {
      let image = try drawn(digit, scale: 4, left: 9, top: 12, width: 140, height: 130) {
        amount, _, _ in paper + (ink - paper) * amount / 255
      }
      #expect(try share(image, like: digit) > 0.97)
    }
  }

  @Test(arguments: [
    ((20, 30, 120), (255, 250, 200)), ((255, 0, 0), (0, 130, 0)), ((255, 255, 255), (0, 60, 30)),
    ((230, 120, 0), (255, 255, 255)),
  ])
  func anyColoursGiveTheSameDigit(ink: (Int, Int, Int), paper: (Int, Int, Int)) throws {
    for digit in try SampleDigits.plain() {
      let image = colourPicture(120, 118) { column, row in
        let (x, y) = ((column - 5) / 4, (row - 3) / 4)
        let isInside = column >= 5 && row >= 3 && x < 28 && y < 28
        let amount = isInside ? Int(digit.pixels[y * 28 + x]) : 0
        func mixed(_ ink: Int, _ paper: Int) -> Int { paper + (ink - paper) * amount / 255 }
        return (mixed(ink.0, paper.0), mixed(ink.1, paper.1), mixed(ink.2, paper.2))
      }
      let result = try preprocessor.digit(from: image)
      #expect(LaminaPNGTests.share(of: result, try reference(digit), within: 32) > 0.97)
    }
  }

  @Test(arguments: [(0, 0), (90, 0), (0, 90), (-60, 60), (50, -80)])
  func rampsOfLightChangeLittle(across: Int, down: Int) throws {
    for digit in try SampleDigits.plain() {
      let image = try drawn(digit, scale: 4, left: 14, top: 10, width: 140, height: 130) {
        ink, x, y in
        let light = 190 + across * x / 140 + down * y / 130 - max(across, 0) - max(down, 0)
        return light * (255 - ink * 4 / 5) / 255
      }
      #expect(try share(image, like: digit) > 0.9)
    }
  }

  @Test func noisyPaperGivesNearlyTheSameDigit() throws {
    var generator = SeededGenerator(seed: 3)
    let image = try drawn(seven, scale: 4, left: 5, top: 9, width: 140, height: 130) { ink, _, _ in
      // The sum of four is nearly normal, with a standard deviation of 5.2.
      let noise = (0..<4).reduce(0) { sum, _ in sum + Int.random(in: -4...4, using: &generator) }
      return 220 - ink * 3 / 4 + noise
    }
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 5)
  }

  @Test func blueInkOnYellowPaperGivesNearlyTheSameDigit() throws {
    let image = try PNGDecoder().decode(path: Fixtures.path("digit-seven-on-paper.png"))
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 3)
  }

  @Test func oddEnlargementGivesNearlyTheSameDigit() throws {
    // 2.5 times as large: pixels are alternately two and three wide.
    let image = try picture(70, 70) { x, y in 255 - Int(seven.pixels[y * 2 / 5 * 28 + x * 2 / 5]) }
    #expect(meanDifference(try preprocessor.digit(from: image), seven) < 8)
  }

  @Test func smallDigitInAWidePageIsFound() throws {
    for digit in try SampleDigits.plain() {
      let image = try drawn(digit, scale: 2, left: 800, top: 500, width: 1_000, height: 640) {
        ink, _, _ in 240 - ink * 4 / 5
      }
      #expect(try share(image, like: digit) > 0.9)
    }
  }

  @Test(arguments: SampleDigits.names)
  func sampleDigitsAreFound(name: String) throws {
    expectForm(of: try preprocessor.digit(from: SampleDigits.picture(of: name)), name)
  }

  // MARK: Form of the result

  /// What every result is: 28x28 pixels, the digit no longer than 20 and in the middle.
  private func expectForm(of digit: GreyImage, _ note: String) {
    #expect((digit.width, digit.height) == (28, 28), "\(note)")
    guard let box = digit.inkBox else {
      Issue.record("\(note): no ink")
      return
    }
    #expect(box.columns.count <= 20 && box.rows.count <= 20, "\(note)")
    #expect(digit.pixels.max() == 255, "\(note)")
    let centre = centreOfMass(of: digit)
    #expect(centre.x > 13.47 && centre.x < 14.52, "\(note)")
    #expect(centre.y > 13.47 && centre.y < 14.52, "\(note)")
  }

  @Test(arguments: [(12, 60), (60, 12), (60, 60), (30, 50), (500, 70)])
  func ellipsesFit20x20(width: Int, height: Int) throws {
    let image = try picture(width + 60, height + 60) { x, y in
      let across = Double(2 * (x - 30) + 1 - width) / Double(width)
      let down = Double(2 * (y - 30) + 1 - height) / Double(height)
      return across * across + down * down < 1 ? 0 : 255
    }
    let digit = try preprocessor.digit(from: image)
    expectForm(of: digit, "\(width)x\(height)")
    #expect(digit.inkBox?.longerSide == 20)
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
      expectForm(of: try preprocessor.digit(from: image), "foot at \(foot)")
    }
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

  @Test(arguments: [4, 7, 30])
  func noiseAloneIsNoDigit(spread: Int) throws {
    var generator = SeededGenerator(seed: 5)
    let image = try picture(200, 100) { _, _ in
      220 + Int.random(in: -spread...spread, using: &generator)
    }
    let error = #expect(throws: LaminaError.self) { try preprocessor.digit(from: image) }
    #expect(error?.kind == .noDigit)
    #expect(error?.message.hasPrefix("no digit found: ") == true)
  }

  // MARK: Odd pictures

  private func expectDigitOrNone(_ image: GreyImage) {
    let note = "\(image.width)x\(image.height)"
    do throws(LaminaError) {
      expectForm(of: try preprocessor.digit(from: image), note)
    } catch {
      #expect(error.kind == .noDigit, "\(note)")
    }
  }

  @Test func tinyPicturesHaveADigitOrNone() throws {
    var generator = SeededGenerator(seed: 6)
    for width in 1...33 {
      for height in 1...33 {
        let darkest = Int.random(in: 0...255, using: &generator)
        let share = Int.random(in: 0...100, using: &generator)
        expectDigitOrNone(
          try picture(width, height) { _, _ in
            Int.random(in: 0...100, using: &generator) < share
              ? Int.random(in: darkest...255, using: &generator) : 0
          })
      }
    }
  }

  @Test(arguments: [(1, 4_000), (4_000, 1), (2, 1_025), (1_025, 3), (19, 2_000), (400, 5)])
  func extremeShapesHaveADigitOrNone(width: Int, height: Int) throws {
    for period in [1, 2, 7, 40, 600] {
      expectDigitOrNone(
        try picture(width, height) { x, y in ((x + y) / period) % 2 == 0 ? 230 : 20 })
    }
    expectDigitOrNone(try noise(width, height, seed: 8))
  }
}
