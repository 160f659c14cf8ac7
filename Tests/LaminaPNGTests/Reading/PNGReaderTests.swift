import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PNGReaderTests {
  /// A network whose scores are its biases, whatever it sees.
  private func constant(_ biases: [Float] = [0, 0, 3]) throws -> PNGReader {
    let model = try Sequential {
      Flatten(inputShape: [28, 28])
      Dense(biases.count)
    }
    let kernel = [Float](repeating: 0, count: 784 * biases.count)
    try model.setValues(
      of: "dense/kernel", to: Tensor(shape: [784, biases.count], elements: kernel))
    try model.setValues(of: "dense/bias", to: Tensor(shape: [biases.count], elements: biases))
    model.preprocessing = .mnist
    return try PNGReader(session: Session(model))
  }

  private func builtIn() throws -> PNGReader { try PNGReader(session: Session(Model.digits())) }

  private let labels = (0...9).map { "\($0)" }

  private func bytes(of image: GreyImage) throws -> [UInt8] {
    let rows = (0..<image.height).map { row in
      Array(image.pixels[row * image.width..<(row + 1) * image.width])
    }
    return try PNGFile.bytes(width: image.width, height: image.height, .grey, rows: rows)
  }

  // MARK: What is read

  @Test func linesWordsAndDigitsComeInTheirOrder() throws {
    var page = try Page(560, 340)
    try page.writeLine([3, 1, nil, 4, 1, 6], top: 40, height: 50)
    try page.writeLine([2, 7, 1, 8], top: 140, height: 50)
    try page.writeLine([6, 0, nil, 2], top: 250, height: 50)
    let bytes = try bytes(of: page.image)
    let reading = try constant().read(bytes.span, name: "page.png")
    #expect(reading.digits.map { $0.line } == [0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
    #expect(reading.digits.indices.filter { reading.digits[$0].beginsWord } == [0, 2, 5, 9, 11])
    #expect(reading.text(labels: labels) == "22 222\n2222\n22 2")
    let probability = reading.digits[0].prediction.probability
    #expect(reading.digits.allSatisfy { $0.prediction.probability == probability })
    expectBoxes(of: reading, near: page.boxes, within: 4)
  }

  private func expectBoxes(of reading: PageReading, near boxes: [PixelBox], within tolerance: Int) {
    #expect(reading.digits.count == boxes.count)
    for (digit, box) in zip(reading.digits, boxes) {
      #expect(abs(digit.box.columns.lowerBound - box.columns.lowerBound) <= tolerance)
      #expect(abs(digit.box.columns.upperBound - box.columns.upperBound) <= tolerance)
      #expect(abs(digit.box.rows.lowerBound - box.rows.lowerBound) <= tolerance)
      #expect(abs(digit.box.rows.upperBound - box.rows.upperBound) <= tolerance)
    }
  }

  @Test func networkInsideReadsTheDigits() throws {
    var page = try Page(560, 340)
    try page.writeLine([3, 1, nil, 4, 1, 6], top: 40, height: 50)
    try page.writeLine([2, 7, 0, 8], top: 140, height: 50)
    try page.writeLine([9, 0, nil, 2, 5], top: 250, height: 50)
    for image in [page.image, page.image.inverted] {
      let bytes = try bytes(of: image)
      let reading = try builtIn().read(bytes.span, name: "page.png")
      #expect(reading.text(labels: labels) == "31 416\n2708\n90 25")
    }
  }

  // MARK: Tables and paper

  private func text(of page: Page, isInverted: Bool = false) throws -> String {
    let bytes = try bytes(of: isInverted ? page.image.inverted : page.image)
    return try builtIn().read(bytes.span, name: "page.png").text(labels: labels)
  }

  @Test(arguments: [1, 2, 3, 4], [false, true])
  func numbersOfATableAreRead(thickness: Int, isLight: Bool) throws {
    var page = try Page(500, 260)
    for (row, numbers) in [
      [[3, 1], [4], [1, 6, 0]], [[2], [7, 8], []], [[0, 4], [2, 5], [9]],
    ].enumerated() {
      for (column, number) in numbers.enumerated() {
        var left = 36 + 150 * column
        for digit in number {
          left = try page.write(digit, left: left, top: 34 + 70 * row, height: 44) + 8
        }
      }
    }
    try page.draw { x, y in
      let (x, y) = (x - 20, y - 20)
      guard (0..<450 + thickness).contains(x), (0..<210 + thickness).contains(y) else { return 0 }
      return x % 150 < thickness || y % 70 < thickness ? 255 : 0
    }
    #expect(try text(of: page, isInverted: isLight) == "31 4 160\n2 78\n04 25 9")
  }

  @Test func tableThatFillsItsPictureIsRead() throws {
    // Its cells are larger than its rules, and no border of paper shows which is which.
    var page = try Page(303, 203)
    try page.writeLine([2, nil, nil, 7], left: 35, top: 30, height: 40)
    try page.writeLine([8, nil, nil, 3], left: 35, top: 130, height: 40)
    try page.draw { x, y in x % 150 < 3 || y % 100 < 3 ? 255 : 0 }
    for isLight in [false, true] {
      #expect(try text(of: page, isInverted: isLight).filter { $0 != " " } == "27\n83")
    }
  }

  @Test func digitsOfASudokuAreRead() throws {
    var page = try Page(500, 500)
    let rows = [
      [5, 3, nil, nil, 7, nil, nil, nil, nil], [6, nil, nil, 4, 9, 5, nil, nil, nil],
      [nil, 9, 8, nil, nil, nil, nil, 6, nil],
    ]
    for (row, digits) in rows.enumerated() {
      for (column, digit) in digits.enumerated() {
        guard let digit else { continue }
        try page.write(digit, left: 36 + 50 * column, top: 33 + 50 * row, height: 30)
      }
    }
    try page.draw { x, y in
      func isLine(_ place: Int) -> Bool { place % 50 < (place % 150 < 50 ? 5 : 2) }
      let (x, y) = (x - 20, y - 20)
      guard (0..<455).contains(x), (0..<455).contains(y) else { return 0 }
      return isLine(x) || isLine(y) ? 255 : 0
    }
    let lines = try text(of: page).split(separator: "\n").map { $0.filter { $0 != " " } }
    #expect(lines == ["537", "6495", "986"])
  }

  @Test(arguments: [14, 23, 37]) func digitsOnSquaredPaperAreRead(step: Int) throws {
    var page = try Page(420, 200)
    try page.draw { x, y in x % step == 5 || y % step == 3 ? 90 : 0 }
    try page.writeLine([2, 0, nil, 4, 8], top: 30, height: 50)
    try page.writeLine([6, 5, 7], top: 120, height: 50)
    #expect(try text(of: page) == "20 48\n657")
  }

  @Test(arguments: [false, true]) func digitsBesideAMarginLineAreRead(isRuled: Bool) throws {
    var page = try Page(420, 240)
    try page.draw { x, y in
      (50..<53).contains(x) || isRuled && [90, 91, 180, 181].contains(y) ? 130 : 0
    }
    try page.writeLine([2, 0, nil, 4, 8], left: 70, top: 40, height: 50)
    try page.writeLine([6, 5, 7], left: 70, top: 130, height: 50)
    #expect(try text(of: page) == "20 48\n657")
  }

  @Test func plusSignsAreNotRead() throws {
    var page = try Page(420, 120)
    try page.writeLine([2, 6, nil, 4, 8], top: 30, height: 60)
    let middle = page.boxes[1].columns.upperBound + 37
    try page.draw { x, y in
      let (across, down) = (abs(x - middle), abs(y - 62))
      return min(across, down) < 3 && max(across, down) < 18 ? 255 : 0
    }
    #expect(try text(of: page) == "2648")
  }

  // MARK: Digits that touch, and one alone

  /// Two digits, joined where they are nearest to each other.
  private func touching(_ first: Int, _ second: Int) throws -> GreyImage {
    var page = try Page(300, 140)
    let end = try page.write(first, left: 60, top: 40, height: 60)
    try page.write(second, left: end + 3, top: 40, height: 60)
    let image = page.image
    func isInk(_ x: Int, _ y: Int) -> Bool { image.pixels[y * 300 + x] < 100 }
    let bridges = (42..<98).compactMap { y -> (columns: ClosedRange<Int>, row: Int)? in
      guard let left = (60..<end).last(where: { isInk($0, y) }),
        let right = (end + 3..<300).first(where: { isInk($0, y) })
      else { return nil }
      return (left...right, y)
    }
    let bridge = try #require(bridges.min { $0.columns.count < $1.columns.count })
    try page.draw { x, y in bridge.columns.contains(x) && abs(y - bridge.row) < 2 ? 255 : 0 }
    let components = InkComponents(of: try Ink(of: page.image))
    try #require(components.components.count == 1)
    return page.image
  }

  @Test func manyDigitsThatTouchAreRead() throws {
    let reader = try builtIn()
    // Ones are so narrow that two digits with one are no wider than one digit may be.
    let digits = (0...9).filter { $0 != 1 }
    var right = 0
    for first in digits {
      for second in digits {
        let bytes = try bytes(of: touching(first, second))
        let text = try reader.read(bytes.span, name: "page.png").text(labels: labels)
        if text == "\(first)\(second)" { right += 1 }
      }
    }
    #expect(right >= 35)
  }

  @Test func oneDigitAloneIsRead() throws {
    for (digit, image) in try SampleDigits.plain().enumerated() {
      let bytes = try bytes(of: image)
      let reading = try builtIn().read(bytes.span, name: "digit.png")
      #expect(reading.text(labels: labels) == "\(digit)")
    }
  }

  @Test(arguments: [3, 9])
  func boxesAreThoseOfTheFileWhereThePageWasReduced(factor: Int) throws {
    var page = try Page(900, 500)
    try page.writeLine([3, 1, nil, 4, 1, 6], top: 60, height: 70)
    try page.writeLine([2, 7, 1, 8], top: 240, height: 70)
    let image = page.image
    let large = try picture(900 * factor, 500 * factor) { x, y in
      Int(image.pixels[y / factor * 900 + x / factor])
    }
    let bytes = try bytes(of: large)
    let reading = try constant().read(bytes.span, name: "page.png")
    let boxes = page.boxes.map {
      $0.enlarged(by: factor, width: 900 * factor, height: 500 * factor)
    }
    // To a few pixels of the reduced page.
    expectBoxes(of: reading, near: boxes, within: 5 * factor)
    for digit in reading.digits {
      #expect(digit.box.columns.upperBound <= 900 * factor)
      #expect(digit.box.rows.upperBound <= 500 * factor)
    }
  }

  @Test func boxesAtTheEdgeOfAReducedPageEndWithTheFile() throws {
    // 4,099 is no multiple of the reduction's 3.
    let page = try picture(4_099, 400) { x, y in x >= 4_000 && y >= 100 && y < 300 ? 0 : 255 }
    let bytes = try bytes(of: page)
    let reading = try constant().read(bytes.span, name: "page.png")
    let box = try #require(reading.digits.first).box
    #expect(reading.digits.count == 1)
    #expect(box.columns.upperBound == 4_099)
    #expect(abs(box.columns.lowerBound - 4_000) <= 6)
  }

  // MARK: Errors

  @Test func blankPageIsNoDigit() throws {
    let bytes = try bytes(of: picture(300, 200) { _, _ in 200 })
    let reader = try constant()
    #expect(
      throws: LaminaError(
        .noDigit, "page.png: no digit found: the picture is blank (all pixels about 200)")
    ) {
      try reader.read(bytes.span, name: "page.png")
    }
  }

  @Test func errorsBeginWithThePath() throws {
    let reader = try constant()
    let missing = Fixtures.path("missing.png")
    #expect { try reader.read(path: missing) } throws: { error in
      (error as? LaminaError)?.message.hasPrefix("\(missing): cannot be opened") == true
    }
    let damaged = Fixtures.path("damaged-data-filter.png")
    #expect { try reader.read(path: damaged) } throws: { error in
      guard let error = error as? LaminaError else { return false }
      return error.kind == .image && error.message.hasPrefix("\(damaged): ")
    }
  }

  @Test func pixelLimitHolds() throws {
    var reader = try constant()
    reader.maximumPixels = 783
    let path = Fixtures.path("digit-seven.png")
    #expect(throws: LaminaError(.image, "\(path): 28x28 pixels, at most 783 are allowed")) {
      try reader.read(path: path)
    }
  }

  @Test func modelsThatTakeNoPicturesAreRefused() throws {
    let model = try Sequential {
      Flatten(inputShape: [28, 28])
      Dense(10)
    }
    #expect(throws: LaminaError.self) { try PNGReader(session: Session(model)) }
  }

  @Test func oddPagesAreReadOrHaveNoDigit() throws {
    var generator = SeededGenerator(seed: 131)
    let reader = try constant()
    for seed in 0..<60 {
      let width = Int.random(in: 1...120, using: &generator)
      let height = Int.random(in: 1...120, using: &generator)
      let cell = Int.random(in: 1...9, using: &generator)
      let cells = try noise(width / cell + 1, height / cell + 1, seed: UInt64(seed))
      let page = Picture(
        try picture(width, height) { x, y in
          Int(cells.pixels[y / cell * cells.width + x / cell])
        })
      do throws(LaminaError) {
        for digit in try reader.read(page).digits {
          #expect(digit.box.columns.upperBound <= width && digit.box.columns.lowerBound >= 0)
          #expect(digit.box.rows.upperBound <= height && digit.box.rows.lowerBound >= 0)
        }
      } catch {
        #expect(error.kind == .noDigit)
      }
    }
  }
}
