import Testing

@testable import LaminaPNG

@Suite struct PaperPlaneTests {
  /// The greatest difference between a plane and the greys that it should have.
  private func error(
    of plane: PaperPlane, _ width: Int, _ height: Int, _ grey: (Float, Float) -> Float
  ) -> Float {
    var greatest: Float = 0
    for y in 0..<height {
      for x in 0..<width {
        let difference = plane.grey(x: Float(x), y: Float(y)) - grey(Float(x), Float(y))
        greatest = max(greatest, abs(difference))
      }
    }
    return greatest
  }

  @Test func flatPaperIsLevel() throws {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 2), (28, 28), (256, 256), (1_024, 7)] {
      let plane = PaperPlane(borderOf: try picture(width, height) { _, _ in 211 })
      #expect(error(of: plane, width, height) { _, _ in 211 } < 0.01, "\(width)x\(height)")
    }
  }

  @Test(arguments: [(40, 30), (256, 200), (1_024, 700)])
  func rampsAreTheirPlanes(width: Int, height: Int) throws {
    func grey(_ x: Float, _ y: Float) -> Float {
      60 + 120 * x / Float(width) + 50 * y / Float(height)
    }
    let image = try picture(width, height) { x, y in Int(grey(Float(x), Float(y)) + 0.5) }
    #expect(error(of: PaperPlane(borderOf: image), width, height, grey) < 1)
  }

  @Test func inkOnAThirdOfTheBorderIsOutvoted() throws {
    func grey(_ x: Float, _ y: Float) -> Float { 150 + 0.4 * x - 0.3 * y }
    // The whole upper border and some of the sides: 120 + 2 * 20 of 480 pixels.
    let image = try picture(120, 120) { x, y in
      y < 20 ? 10 : Int(grey(Float(x), Float(y)) + 0.5)
    }
    #expect(error(of: PaperPlane(borderOf: image), 120, 120, grey) < 2)
  }

  @Test func distancesAreThoseFromThePlane() throws {
    let image = try picture(20, 20) { x, y in
      x == 10 && y == 10 ? 230 : x == 5 && y == 5 ? 60 : 100
    }
    let distances = PaperPlane(borderOf: image).distances(in: image)
    #expect(abs(distances.above - 130 * 130) < 30)
    #expect(abs(distances.below - 40 * 40) < 30)
    #expect(distances.histogram.total == 400)
    #expect(distances.histogram.counts[0] == 398)
  }

  @Test func pictureOfThePlaneEndsAtBlackAndWhite() throws {
    let image = try picture(50, 4) { x, _ in 10 * x - 100 }
    let plane = PaperPlane(borderOf: image).picture(width: 50, height: 4)
    #expect((plane.width, plane.height) == (50, 4))
    #expect(plane.pixels.min() == 0 && plane.pixels.max() == 255)
  }

  @Test func onlyPaperThatLiesNearThePlaneIsFlat() throws {
    func isFlat(_ grey: (Int, Int) -> Int) throws -> Bool {
      let image = try picture(60, 60, grey)
      let plane = PaperPlane(borderOf: image)
      return plane.isFlatPaper(plane.distances(in: image))
    }
    func isInk(_ x: Int, _ y: Int) -> Bool { (20..<26).contains(x) && (10..<50).contains(y) }
    #expect(try isFlat { x, y in isInk(x, y) ? 20 : 240 })
    #expect(try isFlat { x, y in isInk(x, y) ? 20 : 120 + x + y })
    // A hill of light, and a shadow with an edge.
    #expect(try !isFlat { x, y in isInk(x, y) ? 20 : 220 - (x - 30) * (x - 30) / 8 })
    #expect(try !isFlat { x, y in (isInk(x, y) ? 20 : 240) / (y > 30 ? 2 : 1) })
  }
}
