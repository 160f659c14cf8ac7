import Lamina
import Testing

@testable import LaminaPNG

@Suite struct InkTests {
  private func isStroke(_ x: Int, _ y: Int) -> Bool {
    (28..<34).contains(x) && (10..<50).contains(y)
  }

  @Test func amountsAreTheDistancesInPartsOfTheStrongest() throws {
    let image = try picture(60, 60) { x, y in isStroke(x, y) ? (y < 30 ? 50 : 145) : 240 }
    let ink = try Ink(of: image)
    let expected = try picture(60, 60) { x, y in isStroke(x, y) ? (y < 30 ? 255 : 128) : 0 }
    #expect(ink.amounts == expected)
    #expect(!ink.isLight && !ink.isFaint)
    #expect((ink.threshold, ink.floor) == (89, 7))
  }

  @Test func lightInkHasTheAmountsOfDarkInk() throws {
    let image = try picture(60, 60) { x, y in isStroke(x, y) ? 40 : 200 }
    let (dark, light) = (try Ink(of: image), try Ink(of: image.inverted))
    #expect(light.isLight && !dark.isLight)
    #expect(light.amounts == dark.amounts)
  }

  @Test func otherSideOfThePaperHasNoInk() throws {
    let image = try picture(60, 60) { x, y in isStroke(x, y) ? 50 : x == 10 && y == 10 ? 255 : 240 }
    #expect(try Ink(of: image).amounts.pixels[10 * 60 + 10] == 0)
  }

  @Test func leastContrastIsSixteen() throws {
    func ink(_ contrast: Int) throws -> Ink {
      try Ink(of: try picture(60, 60) { x, y in isStroke(x, y) ? 200 - contrast : 200 })
    }
    #expect(try ink(16).isFaint)
    #expect(try !ink(80).isFaint)
    let error = #expect(throws: LaminaError.self) { try ink(15) }
    #expect(error?.kind == .noDigit)
  }

  @Test(arguments: [0, 7, 128, 255], [(1, 1), (1, 90), (90, 1), (28, 28), (300, 200)])
  func blankPicturesSayTheirGrey(grey: Int, size: (Int, Int)) throws {
    let image = try picture(size.0, size.1) { _, _ in grey }
    let error = #expect(throws: LaminaError.self) { try Ink(of: image) }
    #expect(
      error
        == LaminaError(
          .noDigit, "no digit found: the picture is blank (all pixels about \(grey))"))
  }

  @Test(arguments: [3, 10, 30])
  func noiseOfPaperIsNoInk(spread: Int) throws {
    var generator = SeededGenerator(seed: 61)
    let image = try picture(200, 100) { _, _ in
      200 + Int.random(in: -spread...spread, using: &generator)
    }
    let error = #expect(throws: LaminaError.self) { try Ink(of: image) }
    #expect(error?.kind == .noDigit)
    #expect(error?.message.hasPrefix("no digit found: the picture is ") == true)
  }

  @Test func strokesStandOutOfNoise() throws {
    var generator = SeededGenerator(seed: 62)
    let image = try picture(120, 120) { x, y in
      let noise = Int.random(in: -20...20, using: &generator)
      return ((56..<66).contains(x) && (20..<100).contains(y) ? 90 : 200) + noise
    }
    let ink = try Ink(of: image)
    let marked = ink.amounts.pixels.indices.filter { ink.amounts.pixels[$0] >= ink.threshold }
    let inside = marked.count { (55..<67).contains($0 % 120) && (19..<101).contains($0 / 120) }
    #expect(inside > 700)
    #expect(marked.count - inside < 10)
  }

  @Test func anyPictureWithInkHasSomeOfTheStrongest() throws {
    var generator = SeededGenerator(seed: 63)
    for seed in 0..<300 {
      let width = Int.random(in: 1...50, using: &generator)
      let height = Int.random(in: 1...50, using: &generator)
      let image = try noise(width, height, seed: UInt64(seed))
      guard let ink = try? Ink(of: image) else { continue }
      #expect((ink.amounts.width, ink.amounts.height) == (width, height))
      #expect(ink.threshold >= 89)
      #expect(ink.floor >= 7 && ink.floor <= ink.threshold)
      #expect(ink.amounts.pixels.max() == 255)
    }
  }
}
