import Testing

@testable import LaminaPNG

@Suite struct StrokeScaleTests {
  private func scale(_ image: GreyImage) -> StrokeScale {
    StrokeScale(of: image, smoothed: image, noise: 0)
  }

  @Test(arguments: [4, 8, 16, 30])
  func radiusTakesTheStrokesAndIsNotMuchWider(width: Int) throws {
    let image = try picture(200, 200) { x, y in
      let isStroke = (80..<80 + width).contains(x) && y > 30 && y < 170
      return isStroke || ((30..<30 + width).contains(y) && x > 40 && x < 150) ? 220 : 30
    }
    let radius = scale(image).radius
    #expect(2 * radius + 1 > width)
    #expect(radius <= 2 * width)
  }

  @Test func strokesAreTakenWhole() throws {
    let image = try picture(100, 100) { x, y in
      (45..<52).contains(x) && y > 20 && y < 80 ? 255 : 0
    }
    let scale = scale(image)
    #expect(scale.share > 0.9)
    #expect(scale.mass == 255 * 7 * 59)
    #expect(scale.borderShare == 0)
  }

  @Test func narrowerOfTwoWaysToSeeAPictureIsTheInk() throws {
    for isLight in [true, false] {
      // The light falls off so much that the plane alone does not tell.
      let image = try picture(100, 100) { x, y in
        let paper = isLight ? 20 + x / 2 : 150 + x / 2
        let isStroke = (45..<52).contains(x) && y > 20 && y < 80
        return isStroke ? (isLight ? 230 : 20) : paper
      }
      let plane = PaperPlane(borderOf: image)
      #expect(
        StrokeScale.isInkLight(
          scale(image), scale(image.inverted), plane.distances(in: image)) == isLight)
    }
  }
}
