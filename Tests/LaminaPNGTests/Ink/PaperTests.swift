import Testing

@testable import LaminaPNG

@Suite struct PaperTests {
  /// A seven-like shape of strokes 8 pixels wide, in a picture of 120x120.
  private func isStroke(_ x: Int, _ y: Int) -> Bool {
    ((25..<33).contains(y) && (35..<85).contains(x))
      || ((77..<85).contains(x) && (25..<100).contains(y))
  }

  enum Light: CaseIterable, Sendable {
    case even, ramp, hill, shadow
  }

  /// The share of the light that falls on a pixel.
  private func light(_ light: Light, _ x: Int, _ y: Int) -> Double {
    let (across, down) = (Double(x) / 120, Double(y) / 120)
    let square = (across - 0.5) * (across - 0.5) + (down - 0.5) * (down - 0.5)
    return switch light {
    case .even: 1
    case .ramp: 1 - 0.2 * (across + down)
    case .hill: 1 - 0.8 * square
    case .shadow: x + 2 * y > 190 ? 0.6 : 1
    }
  }

  private func drawn(_ light: Light, ink: Int, paper: Int) throws -> GreyImage {
    try picture(120, 120) { x, y in
      Int(Double(isStroke(x, y) ? ink : paper) * self.light(light, x, y))
    }
  }

  // MARK: Polarity

  @Test(arguments: Light.allCases)
  func darkAndLightInkAreToldApart(light: Light) throws {
    for (dark, bright) in [(20, 240), (60, 200), (0, 255), (100, 180)] {
      #expect(!Paper(of: try drawn(light, ink: dark, paper: bright)).isInkLight)
      #expect(Paper(of: try drawn(light, ink: bright, paper: dark)).isInkLight)
    }
  }

  @Test func inkThatTouchesTheBorderChangesNothing() throws {
    let image = try picture(60, 60) { x, y in (20..<28).contains(x) || y < 8 ? 10 : 245 }
    #expect(!Paper(of: image).isInkLight)
    #expect(Paper(of: image.inverted).isInkLight)
  }

  @Test func oneBrightSpotIsNotTheInk() throws {
    let image = try picture(20, 20) { x, y in
      if x == 2 && y == 2 { return 255 }
      return x > 8 && x < 12 && y > 3 && y < 16 ? 60 : 150
    }
    #expect(!Paper(of: image).isInkLight)
  }

  @Test func whatIsKnownOfTheInkIsNotLookedUp() throws {
    let image = try drawn(.even, ink: 20, paper: 240)
    let paper = Paper(of: image, isInkLight: true)
    #expect(paper.isInkLight)
    #expect(paper.excess.picture.pixels.max() == 0)
  }

  // MARK: Excess

  @Test func onFlatPaperExcessIsTheDistance() throws {
    for (ink, paper) in [(20, 240), (240, 20), (90, 130)] {
      let excess = Paper(of: try drawn(.even, ink: ink, paper: paper)).excess.picture
      let expected = try picture(120, 120) { x, y in isStroke(x, y) ? abs(ink - paper) : 0 }
      #expect(excess == expected)
    }
  }

  @Test(arguments: Light.allCases)
  func unevenLightGoesAwayAndInkStays(light: Light) throws {
    for (ink, paper) in [(20, 240), (230, 40)] {
      let excess = Paper(of: try drawn(light, ink: ink, paper: paper)).excess.picture
      let strokes = excess.pixels.indices.filter { isStroke($0 % 120, $0 / 120) }
      let rest = excess.pixels.indices.filter { !isStroke($0 % 120, $0 / 120) }
      let least = strokes.map { excess.pixels[$0] }.min() ?? 0
      let strayed = rest.count { excess.pixels[$0] > least / 3 }
      #expect(least >= 70, "\(ink) on \(paper)")
      #expect(strayed <= 120, "\(ink) on \(paper)")
    }
  }

  @Test func darkInkInAShadowIsAsStrongAsElsewhere() throws {
    let excess = Paper(of: try drawn(.shadow, ink: 20, paper: 240)).excess.picture
    let (bright, shadowed) = (excess.pixels[29 * 120 + 50], excess.pixels[95 * 120 + 81])
    #expect(abs(Int(bright) - Int(shadowed)) <= 25)
  }

  // MARK: Noise

  @Test(arguments: [0, 3, 8, 15])
  func noiseIsItsStandardDeviation(deviation: Int) throws {
    var generator = SeededGenerator(seed: 51)
    let image = try picture(120, 120) { x, y in
      // Four even spreads of variance (2n + 1)^2 / 12 or so make a nearly normal one.
      let half = Double(deviation) * 1.7320508 / 2
      let noise = (0..<4).reduce(0.0) { sum, _ in
        sum + (half > 0 ? Double.random(in: -half...half, using: &generator) : 0)
      }
      return Int((Double(isStroke(x, y) ? 60 : 190) + noise).rounded())
    }
    let noise = Paper(of: image).noise
    #expect(abs(noise - Float(deviation)) <= max(0.15 * Float(deviation), 0.01))
  }
}
