import Lamina
import Testing

@testable import LaminaPNG

@Suite struct SurfaceTests {
  private let digits: [GreyImage]

  init() throws { digits = try SampleDigits.plain() }

  /// The largest light part of a picture as a surface.
  private func surface(_ image: GreyImage, from threshold: UInt8 = 150) throws -> Surface? {
    let parts = InkComponents(of: image, threshold: threshold)
    let part = try #require(parts.components.max { $0.area < $1.area })
    return Surface(part, in: parts, of: image)
  }

  @Test(arguments: [0.0, 0.1, 0.4, 1.0])
  func sheetsAreRectanglesHoweverTheyLie(slope: Double) throws {
    let empty = try #require(try surface(Sheet(slope: slope).drawn()))
    #expect(empty.content == .nothing)
    #expect(empty.isRectangle && empty.isBroad && empty.isInside && !empty.isWhole)
    #expect(abs(empty.area - 120 * 120) < 400)
  }

  @Test func everyDigitIsWriting() throws {
    for (label, digit) in digits.enumerated() {
      for sheet in [Sheet(digit: digit), Sheet(digit: digit, slope: 0.15)] {
        #expect(try surface(sheet.drawn())?.content == .strokes, "\(label)")
      }
      let disc = Sheet(digit: digit, isRound: true)
      #expect(try surface(disc.drawn())?.content == .strokes, "\(label)")
    }
  }

  @Test func digitsAreNoSurfacesWithWriting() throws {
    for (label, digit) in digits.enumerated() {
      let image = try picture(168, 168) { Int(digit.pixels[$1 / 6 * 28 + $0 / 6]) }
      #expect(try surface(image, from: 100)?.content != .strokes, "\(label)")
    }
  }

  @Test func whatA0EnclosesIsNoWriting() throws {
    let round = try picture(120, 120) { x, y in
      let (across, down) = (x - 60, y - 60)
      let isOuter = across * across + down * down < 50 * 50
      return isOuter && 16 * across * across + down * down > 40 * 40 ? 255 : 0
    }
    let square = try picture(120, 120) { x, y in
      (30..<90).contains(x) && (10..<110).contains(y)
        && !((45..<75).contains(x) && (25..<95).contains(y)) ? 255 : 0
    }
    for image in [round, square] { #expect(try surface(image)?.content != .strokes) }
  }

  @Test func grainIsNoWriting() throws {
    var generator = SeededGenerator(seed: 63)
    let sheet = try Sheet().drawn()
    let grainy = try picture(Sheet.width, Sheet.height) { x, y in
      let grain = Int.random(in: 0..<12, using: &generator) == 0
      return grain ? 60 : Int(sheet.pixels[y * Sheet.width + x])
    }
    #expect(try surface(grainy)?.content == .other)
  }

  @Test func sheetThatGoesOnBeyondThePictureIsNotInside() throws {
    let sheet = try #require(try surface(Sheet(left: -20).drawn()))
    #expect(!sheet.isInside && sheet.isRectangle)
  }

  @Test func strokesAreNarrowAndWholePicturesWhole() throws {
    let stroke = try picture(100, 100) { x, y in
      (40..<62).contains(x) && (10..<80).contains(y) ? 255 : 0
    }
    #expect(try surface(stroke)?.isBroad == false)
    #expect(try surface(picture(60, 40) { _, _ in 255 })?.isWhole == true)
  }

  @Test func smallPartsAreNone() throws {
    let small = try picture(200, 200) { x, y in x < 40 && y < 40 ? 255 : 0 }
    #expect(try surface(small) == nil, "less than a quarter of the picture's side")
    let tiny = try picture(40, 40) { x, y in x < 19 && y < 19 ? 255 : 0 }
    #expect(try surface(tiny) == nil, "less than 20 pixels")
  }

  @Test func enlargedItHasNoEdges() throws {
    let small = try #require(try surface(Sheet(slope: 0.2).drawn()))
    let large = try picture(3 * Sheet.width - 1, 3 * Sheet.height - 2) { _, _ in 0 }
    let surface = try #require(small.enlarged(by: 3, in: large))
    #expect(surface.rows.count == surface.box.rows.count)
    #expect(surface.area == 9 * small.area)
    for (row, columns) in zip(surface.box.rows, surface.rows) {
      for column in [columns.lowerBound, columns.upperBound - 1] {
        #expect(Sheet(slope: 0.2).isPaper(column / 3 - 1, row / 3 - 1))
        #expect(Sheet(slope: 0.2).isPaper(column / 3 + 1, row / 3 + 1))
      }
    }
  }

  @Test func surroundingsAreThePapersGrey() throws {
    let image = try Sheet(digit: digits[3], ink: 90, slope: 0.2).drawn()
    let sheet = try #require(try surface(image)?.enlarged(by: 1, in: image))
    let alone = image.paintedOver(besides: sheet)
    let cut = alone.cropped(to: sheet.box)
    #expect(image.cropped(to: sheet.box).pixels.contains(70))
    #expect((cut.pixels.min() ?? 0) > 85, "the digit stays, the table does not")
    #expect(GreyHistogram(cut.pixels).median == 235)
  }
}
