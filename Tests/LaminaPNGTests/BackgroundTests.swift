import Testing

@testable import LaminaPNG

@Suite struct BackgroundTests {
  @Test func darkInkOnLightPaper() throws {
    let image = try picture(9, 9) { x, y in x == 4 && y > 1 && y < 7 ? 20 : 240 }
    let background = Background(of: image)
    #expect(background.level == 240)
    #expect(background.noise == 0)
    #expect(!background.isInkLight)
    #expect(background.contrast == 220)
  }

  @Test func lightInkOnDarkPaper() throws {
    let background = Background(of: try picture(9, 9) { x, y in x == 4 && y == 4 ? 200 : 30 })
    #expect(background.isInkLight)
    #expect((background.level, background.contrast) == (30, 170))
  }

  @Test func inkThatTouchesTheBorderChangesNothing() throws {
    let background = Background(of: try picture(9, 9) { x, _ in x < 3 ? 0 : 250 })
    #expect(background.level == 250)
    #expect(!background.isInkLight)
  }

  @Test func oneBrightSpotIsNotTheInk() throws {
    let image = try picture(20, 20) { x, y in
      if x == 2 && y == 2 { return 255 }
      return x > 8 && x < 12 && y > 3 && y < 16 ? 60 : 150
    }
    #expect(!Background(of: image).isInkLight)
  }

  @Test func noiseIsTheTypicalDistanceAtTheBorder() throws {
    let background = Background(of: try picture(40, 40) { x, y in 200 + (x * 7 + y * 11) % 5 - 2 })
    #expect(background.level == 200)
    #expect(background.noise == 1)
  }
}
