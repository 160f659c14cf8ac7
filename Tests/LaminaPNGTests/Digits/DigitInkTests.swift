import Lamina
import Testing

@testable import LaminaPNG

@Suite struct DigitInkTests {
  private struct Found {
    let ink: Ink
    let components: InkComponents

    init(_ image: GreyImage) throws {
      ink = try Ink(of: image)
      components = InkComponents(of: ink)
    }

    func digit(_ indices: [Int]) -> DigitInk? {
      DigitInk(indices.map { components.components[$0] }, in: components, of: ink)
    }
  }

  /// Two bars with faint rims, 4 pixels apart, and a speck.
  private func bars() throws -> Found {
    try Found(
      picture(50, 40) { x, y in
        guard (8..<32).contains(y) else { return x == 2 && y == 2 ? 0 : 250 }
        switch x {
        case 12..<16, 22..<26: return 0
        case 11, 16, 21, 26: return 190
        default: return 250
        }
      })
  }

  @Test func rimsBelongToTheirStrokes() throws {
    let found = try bars()
    let digit = try #require(found.digit([1]))
    #expect(digit.box == PixelBox(columns: 11..<17, rows: 8..<32))
    #expect(digit.amounts.pixels.prefix(6) == [61, 255, 255, 255, 255, 61])
  }

  @Test func inkOfOthersIsLeftOut() throws {
    let found = try Found(
      picture(50, 40) { x, y in
        // Two bars, one leaning over the other's box.
        (12..<16).contains(x) && (8..<32).contains(y) || (18..<30).contains(x) && y == 20
          || (20..<24).contains(x) && (21..<36).contains(y) ? 0 : 250
      })
    let digit = try #require(found.digit([0]))
    #expect(digit.amounts.pixels.reduce(0) { $0 + Int($1) } == 4 * 24 * 255)
  }

  @Test func severalPartsAreOneDigit() throws {
    let digit = try #require(try bars().digit([1, 2]))
    #expect(digit.box == PixelBox(columns: 11..<27, rows: 8..<32))
  }

  @Test func noPartsAreNoDigit() throws {
    #expect(try bars().digit([]) == nil)
  }

  @Test func croppedColumnsKeepTheirPlace() throws {
    let digit = try #require(try bars().digit([1, 2]))
    let right = try #require(digit.cropped(to: 8..<16))
    #expect(right.box == PixelBox(columns: 21..<27, rows: 8..<32))
    #expect((right.amounts.width, right.amounts.height) == (6, 24))
    #expect(digit.cropped(to: 6..<10) == nil, "paper alone")
  }

  @Test func inkBoxHoldsAllInkAndNoMore() throws {
    var generator = SeededGenerator(seed: 82)
    for _ in 0..<100 {
      let (width, height) = (
        Int.random(in: 1...9, using: &generator), Int.random(in: 1...9, using: &generator)
      )
      let image = try picture(width, height) { _, _ in
        Int.random(in: 0..<12, using: &generator) == 0 ? 1 : 0
      }
      let inked = image.pixels.indices.filter { image.pixels[$0] > 0 }
      let columns = inked.map { $0 % width }
      let rows = inked.map { $0 / width }
      #expect(image.inkBox?.columns.lowerBound == columns.min())
      #expect(image.inkBox?.columns.last == columns.max())
      #expect(image.inkBox?.rows.lowerBound == rows.min())
      #expect(image.inkBox?.rows.last == rows.max())
    }
  }
}
