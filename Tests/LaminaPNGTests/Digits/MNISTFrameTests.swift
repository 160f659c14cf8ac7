import Lamina
import Testing

@testable import LaminaPNG

@Suite struct MNISTFrameTests {
  private let digits: [GreyImage]

  init() throws { digits = try SampleDigits.plain() }

  /// A digit moved by so many pixels; nothing of it may fall off.
  private func moved(_ digit: GreyImage, right: Int, down: Int) throws -> GreyImage {
    try picture(28, 28) { x, y in
      let (column, row) = (x - right, y - down)
      guard (0..<28).contains(column), (0..<28).contains(row) else { return 0 }
      return Int(digit.pixels[row * 28 + column])
    }
  }

  private func isForm(_ image: GreyImage) -> Bool { MNISTFrame.isForm(of: Picture(image)) }

  // MARK: Form

  @Test func digitsOfMNISTHaveTheForm() {
    for digit in digits { #expect(isForm(digit)) }
  }

  @Test func digitOffTheMiddleHasNot() throws {
    for digit in digits {
      for (right, down) in [(2, 0), (-2, 0), (0, 2), (0, -2), (3, 3)] {
        #expect(!isForm(try moved(digit, right: right, down: down)))
      }
    }
  }

  @Test func invertedOrPaleOrGreyPaperHasNot() throws {
    for digit in digits {
      #expect(!isForm(digit.inverted))
      #expect(!isForm(try picture(28, 28) { Int(digit.pixels[$1 * 28 + $0]) * 9 / 10 }))
      #expect(!isForm(try picture(28, 28) { 20 + Int(digit.pixels[$1 * 28 + $0]) * 235 / 255 }))
    }
  }

  @Test func otherSizesHaveNot() throws {
    for (width, height) in [(27, 28), (28, 27), (29, 28), (28, 29), (56, 56), (1, 784)] {
      let digit = digits[3]
      #expect(
        !isForm(
          try picture(width, height) { x, y in x < 28 && y < 28 ? Int(digit.pixels[y * 28 + x]) : 0
          }))
    }
  }

  @Test func greysInThreeChannelsHaveItAndColoursHaveNot() throws {
    for digit in digits {
      func coloured(blue: Int) -> Picture {
        colourPicture(28, 28) { x, y in
          let grey = Int(digit.pixels[y * 28 + x])
          return (grey, grey, max(0, grey - blue))
        }
      }
      #expect(MNISTFrame.isForm(of: coloured(blue: 0)))
      #expect(try DigitPreprocessor().digit(from: coloured(blue: 0)) == digit)
      #expect(!MNISTFrame.isForm(of: coloured(blue: 1)))
    }
  }

  @Test func reducedPictureHasNot() {
    let picture = Picture(
      width: 28, height: 28, channels: 1, pixels: digits[3].pixels, reduction: 2, fileWidth: 56,
      fileHeight: 56)
    #expect(!MNISTFrame.isForm(of: picture))
  }

  @Test func smallAndLargeDigitsHaveNot() throws {
    for side in [16, 20, 24] {
      let image = try picture(28, 28) { x, y in
        let distance = max(abs(2 * x - 28), abs(2 * y - 28))
        return distance <= side && distance >= side - 4 ? 255 : 0
      }
      #expect(!isForm(image))
    }
  }

  @Test func blankPicturesHaveNot() throws {
    #expect(!isForm(try picture(28, 28) { _, _ in 0 }))
    #expect(!isForm(try picture(28, 28) { _, _ in 255 }))
  }

  // MARK: Centring

  @Test func centreOfMassComesToTheMiddle() throws {
    var generator = SeededGenerator(seed: 85)
    for seed in 0..<200 {
      let width = Int.random(in: 1...20, using: &generator)
      let height = width < 20 ? 20 : Int.random(in: 1...20, using: &generator)
      let digit = try noise(width, height, seed: UInt64(seed))
      let framed = MNISTFrame.centred(digit)
      #expect((framed.width, framed.height) == (28, 28))
      let box = try #require(framed.inkBox)
      #expect(box.columns.count <= 20 && box.rows.count <= 20)
      let centre = centreOfMass(of: framed)
      #expect(centre.x > 13.499 && centre.x < 14.5)
      #expect(centre.y > 13.499 && centre.y < 14.5)
      #expect(framed.pixels.filter { $0 > 0 } == digit.pixels.filter { $0 > 0 })
    }
  }

  @Test func centredDigitsOfMNISTAreThemselves() throws {
    for digit in digits {
      let box = try #require(digit.inkBox)
      #expect(MNISTFrame.centred(digit.cropped(to: box)) == digit)
    }
  }

  @Test func lopsidedDigitStaysInside() throws {
    let digit = try picture(20, 20) { x, y in x < 2 && y < 2 ? 255 : x == y ? 1 : 0 }
    let framed = MNISTFrame.centred(digit)
    #expect(framed.inkBox == PixelBox(columns: 8..<28, rows: 8..<28))
  }
}

/// The mean place of a picture's pixels, weighted by their greys.
func centreOfMass(of image: GreyImage) -> (x: Double, y: Double) {
  let mass = image.pixels.reduce(0.0) { $0 + Double($1) }
  var centre = (x: 0.0, y: 0.0)
  for (index, pixel) in image.pixels.enumerated() {
    centre.x += Double(index % image.width) * Double(pixel) / mass
    centre.y += Double(index / image.width) * Double(pixel) / mass
  }
  return centre
}
