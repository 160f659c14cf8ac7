import Testing

@testable import LaminaPNG

@Suite struct StrokeWeightTests {
  // MARK: Width

  @Test(arguments: 1...8)
  func barsMeasureTheirWidth(width: Int) throws {
    // So long that the ends hardly count.
    let upright = try picture(width, 400) { _, _ in 255 }
    let level = try picture(400, width) { _, _ in 255 }
    for bar in [upright, level] {
      #expect(abs(StrokeWeight.width(of: bar) - Float(width)) < 0.03 * Float(width))
    }
  }

  @Test func widthDoesNotDependOnTheStrength() throws {
    let bar = try noise(5, 40, seed: 91)
    let half = try picture(5, 40) { x, y in Int(bar.pixels[y * 5 + x]) / 2 * 2 }
    let quarter = try picture(5, 40) { x, y in Int(half.pixels[y * 5 + x]) / 2 }
    #expect(abs(StrokeWeight.width(of: half) - StrokeWeight.width(of: quarter)) < 0.001)
  }

  @Test func nothingHasNoWidth() throws {
    #expect(StrokeWeight.width(of: try picture(5, 5) { _, _ in 0 }) == 0)
  }

  @Test func rimsCountInParts() throws {
    // 2 pixels, and half of one on each side.
    let bar = try picture(4, 400) { x, _ in [128, 255, 255, 128][x] }
    #expect(abs(StrokeWeight.width(of: bar) - 3) < 0.1)
  }

  // MARK: Fitting

  /// A large zero of the given stroke.
  private func ring(_ stroke: Double, side: Int = 200) throws -> GreyImage {
    let radius = Double(side) / 2
    return try picture(side, side) { x, y in
      let (across, down) = (Double(x) + 0.5 - radius, Double(y) + 0.5 - radius)
      let distance = (across * across + down * down).squareRoot()
      return distance <= radius && distance >= radius - stroke ? 255 : 0
    }
  }

  @Test(arguments: [16, 20, 24, 30, 40])
  func usualStrokesStayBitForBit(stroke: Int) throws {
    // A tenth of that in 20 pixels: 1.6 to 4.
    let image = try ring(Double(stroke))
    let plain = try #require(image.fitted(into: 20))
    try #require(StrokeWeight.usual.contains(StrokeWeight.width(of: plain)))
    #expect(StrokeWeight.fitted(image, into: 20) == plain)
  }

  @Test(arguments: [2, 4, 6])
  func thinStrokesBecomeThicker(stroke: Int) throws {
    let image = try ring(Double(stroke))
    let plain = try #require(image.fitted(into: 20))
    let fitted = try #require(StrokeWeight.fitted(image, into: 20))
    #expect(StrokeWeight.width(of: fitted) > StrokeWeight.width(of: plain) + 0.1)
    #expect(StrokeWeight.width(of: fitted) < 2.5)
    #expect(fitted.pixels.max() == 255)
    #expect(max(fitted.width, fitted.height) == max(plain.width, plain.height))
  }

  @Test(arguments: [55, 60, 65])
  func thickStrokesBecomeThinner(stroke: Int) throws {
    let image = try ring(Double(stroke))
    let plain = try #require(image.fitted(into: 20))
    let fitted = try #require(StrokeWeight.fitted(image, into: 20))
    #expect(StrokeWeight.width(of: fitted) < StrokeWeight.width(of: plain) - 0.3)
    #expect(StrokeWeight.usual.contains(StrokeWeight.width(of: fitted)))
    #expect(max(fitted.width, fitted.height) == 20)
  }

  @Test func solidShapesKeepSomeInk() throws {
    for (width, height) in [(1, 1), (3, 3), (20, 20), (80, 80), (200, 190), (400, 399)] {
      let image = try picture(width, height) { _, _ in 200 }
      let fitted = try #require(StrokeWeight.fitted(image, into: 20))
      #expect(max(fitted.width, fitted.height) == 20)
      #expect(fitted.pixels.max() == 255)
    }
  }

  @Test func anyInkFits() throws {
    var generator = SeededGenerator(seed: 92)
    for seed in 0..<400 {
      let width = Int.random(in: 1...70, using: &generator)
      let height = Int.random(in: 1...70, using: &generator)
      let gaps = Int.random(in: 0...99, using: &generator)
      let greys = try noise(width, height, seed: UInt64(seed))
      let image = try picture(width, height) { x, y in
        Int.random(in: 0..<100, using: &generator) < gaps
          ? 0 : max(Int(greys.pixels[y * width + x]), 1)
      }
      guard image.inkBox != nil else { continue }
      let fitted = try #require(
        StrokeWeight.fitted(image, into: 20), "\(width)x\(height), \(gaps) % gaps")
      #expect(max(fitted.width, fitted.height) == 20)
      #expect(min(fitted.width, fitted.height) >= 1)
    }
  }

  @Test func nothingFitsNowhere() throws {
    #expect(StrokeWeight.fitted(try picture(9, 9) { _, _ in 0 }, into: 20) == nil)
  }
}
