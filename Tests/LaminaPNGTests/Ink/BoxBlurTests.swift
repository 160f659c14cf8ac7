import Testing

@testable import LaminaPNG

@Suite struct BoxBlurTests {
  /// The average of a square of pixels, as far as it lies in the picture.
  private func average(
    of image: GreyImage, columns: ClosedRange<Int>, rows: ClosedRange<Int>
  ) -> Double {
    let rows = rows.clamped(to: 0...image.height - 1)
    let columns = columns.clamped(to: 0...image.width - 1)
    var sum = 0
    for row in rows {
      for column in columns { sum += Int(image.pixels[row * image.width + column]) }
    }
    return Double(sum) / Double(rows.count * columns.count)
  }

  @Test func blurredPixelsAreTheAveragesAroundThem() throws {
    var generator = SeededGenerator(seed: 31)
    for trial in 0..<80 {
      let width = Int.random(in: 1...40, using: &generator)
      let height = Int.random(in: 1...40, using: &generator)
      let radius = Int.random(in: 0...(trial % 4 == 0 ? 60 : 6), using: &generator)
      let image = try noise(width, height, seed: UInt64(trial))
      let blurred = image.blurred(radius: radius)
      #expect((blurred.width, blurred.height) == (width, height))
      var farthest = 0.0
      for (index, pixel) in blurred.pixels.enumerated() {
        let (y, x) = index.quotientAndRemainder(dividingBy: width)
        let exact = average(
          of: image, columns: x - radius...x + radius, rows: y - radius...y + radius)
        farthest = max(farthest, abs(Double(pixel) - exact))
      }
      // Rounded twice: along the rows and along the columns.
      #expect(farthest <= (radius == 0 ? 0 : 1), "\(width)x\(height), radius \(radius)")
    }
  }

  @Test func flatPicturesStayFlat() throws {
    for grey in [0, 1, 127, 254, 255] {
      let image = try picture(13, 7) { _, _ in grey }
      #expect(image.blurred(radius: 3) == image)
      #expect(Set(image.reduced(by: 4).pixels) == [UInt8(grey)])
    }
  }

  @Test func reducedPixelsAreTheAveragesOfTheirSquares() throws {
    for (width, height, factor) in [(1, 1, 1), (1, 1, 5), (12, 9, 3), (13, 10, 4), (40, 3, 7)] {
      let image = try noise(width, height, seed: UInt64(width * factor))
      let reduced = image.reduced(by: factor)
      #expect(reduced.width == (width + factor - 1) / factor)
      #expect(reduced.height == (height + factor - 1) / factor)
      for (index, pixel) in reduced.pixels.enumerated() {
        let (row, column) = index.quotientAndRemainder(dividingBy: reduced.width)
        let exact = average(
          of: image, columns: column * factor...column * factor + factor - 1,
          rows: row * factor...row * factor + factor - 1)
        #expect(pixel == UInt8(exact.rounded()))
      }
    }
  }

  @Test func croppedPartsHaveTheirPixels() throws {
    let image = try noise(11, 8, seed: 33)
    for box in [
      PixelBox(columns: 0..<11, rows: 0..<8), PixelBox(columns: 3..<4, rows: 7..<8),
      PixelBox(columns: 0..<11, rows: 2..<5), PixelBox(columns: 5..<11, rows: 0..<8),
    ] {
      let part = image.cropped(to: box)
      let expected = try picture(box.columns.count, box.rows.count) { x, y in
        Int(image.pixels[(box.rows.lowerBound + y) * 11 + box.columns.lowerBound + x])
      }
      #expect(part == expected)
    }
  }
}
