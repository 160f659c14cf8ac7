import Lamina
import Testing

@testable import LaminaPNG

@Suite struct TouchingDigitsTests {
  /// Ink from a drawing: 255 where the text has a mark.
  private func ink(_ width: Int, _ height: Int, _ isInk: (Int, Int) -> Bool) throws -> DigitInk {
    let image = try picture(width + 40, height + 40) { x, y in
      let isInside = (20..<20 + width).contains(x) && (20..<20 + height).contains(y)
      return isInside && isInk(x - 20, y - 20) ? 0 : 255
    }
    let ink = try Ink(of: image)
    let components = InkComponents(of: ink)
    return try #require(DigitInk(components.components, in: components, of: ink))
  }

  /// Two rings, 40 pixels wide and high, that touch.
  private func rings() throws -> DigitInk {
    try ink(82, 40) { x, y in
      func isRing(_ left: Int) -> Bool {
        let distance = (x - left) * (x - left) + (y - 20) * (y - 20)
        return distance <= 400 && distance >= 196
      }
      return isRing(20) || isRing(62) || (38..<44).contains(x) && (18..<22).contains(y)
    }
  }

  /// A network that holds what is as wide as a digit for one, and says how wide it is.
  private func classifier(
    sure probability: Float = 0.9, of widths: ClosedRange<Int>
  ) -> TouchingDigits {
    TouchingDigits { (ink) throws(LaminaError) in
      let isDigit = widths.contains(ink.amounts.width)
      return Prediction(
        classIndex: ink.amounts.width, probability: isDigit ? probability : 0.05)
    }
  }

  @Test func twoThatTouchAreTakenApart() throws {
    let found = try classifier(of: 36...48).digits(in: rings())
    #expect(found.count == 2)
    #expect(found.allSatisfy { (38...48).contains($0.prediction.classIndex) })
    #expect(found[0].ink.box.columns.upperBound <= found[1].ink.box.columns.lowerBound + 1)
    #expect(found[0].ink.box.columns.lowerBound == 20)
    #expect(found[1].ink.box.columns.upperBound >= 101)
  }

  @Test func narrowInkIsAskedForOnceAndNeverCut() throws {
    var asked = 0
    let one = try ink(20, 40) { _, _ in true }
    let touching = TouchingDigits { (_) throws(LaminaError) in
      asked += 1
      return Prediction(classIndex: 1, probability: 0.01)
    }
    let found = try touching.digits(in: one)
    #expect(found.map { $0.prediction.classIndex } == [1])
    #expect(asked == 1)
  }

  @Test func wideDigitStaysWholeWhereThatIsSurer() throws {
    // A ring of 48x40, wider than a usual digit.
    let wide = try ink(48, 40) { x, y in
      let distance = (x - 24) * (x - 24) * 400 / 576 + (y - 20) * (y - 20)
      return distance <= 400 && distance >= 196
    }
    let found = try classifier(of: 46...50).digits(in: wide)
    #expect(found.count == 1)
    #expect(found.first?.ink.box == wide.box)
  }

  @Test func wideInkIsCutHoweverSureTheWholeIs() throws {
    let sure = TouchingDigits { (ink) throws(LaminaError) in
      Prediction(classIndex: ink.amounts.width, probability: 0.9999)
    }
    let found = try sure.digits(in: rings())
    #expect(found.count == 2)
    #expect(found.allSatisfy { (38...48).contains($0.prediction.classIndex) })
  }

  @Test func inkAsWideAsADigitIsNotCutHoweverSureItsHalvesAre() throws {
    // Two bars and a bridge, 38 pixels wide and 40 high.
    let drawn = try ink(38, 40) { x, y in !(14..<24).contains(x) || (18..<22).contains(y) }
    let found = try classifier(sure: 0.9999, of: 10...24).digits(in: drawn)
    #expect(found.map { $0.prediction.classIndex } == [38])
  }

  @Test func inkThatIsNoDigitGivesNone() throws {
    let touching = TouchingDigits { (_) throws(LaminaError) in nil }
    #expect(try touching.digits(in: rings()).isEmpty)
    #expect(try touching.digits(in: ink(20, 40) { _, _ in true }).isEmpty)
  }

  @Test func errorsOfTheNetworkComeOut() throws {
    let error = LaminaError(.invalidArgument, "not finite")
    let touching = TouchingDigits { (_) throws(LaminaError) in throw error }
    #expect(throws: error) { try touching.digits(in: rings()) }
  }

  @Test func piecesLieInTheirOrderWithinTheInk() throws {
    var generator = SeededGenerator(seed: 121)
    for _ in 0..<200 {
      let width = Int.random(in: 1...120, using: &generator)
      let height = Int.random(in: 1...40, using: &generator)
      let period = Int.random(in: 2...30, using: &generator)
      let drawn = try ink(width, height) { x, y in
        x % period > 0 || y == height / 2
      }
      let touching = TouchingDigits { (piece) throws(LaminaError) in
        Prediction(classIndex: 0, probability: Float(piece.amounts.width % 7) / 7)
      }
      let found = try touching.digits(in: drawn)
      #expect(!found.isEmpty)
      for (before, after) in zip(found, found.dropFirst()) {
        #expect(before.ink.box.columns.upperBound <= after.ink.box.columns.lowerBound)
      }
      for piece in found {
        #expect(piece.ink.box.union(drawn.box) == drawn.box)
        #expect(piece.ink.box.columns.count == piece.ink.amounts.width)
        #expect(piece.ink.box.rows.count == piece.ink.amounts.height)
      }
    }
  }
}
