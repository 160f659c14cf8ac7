import Testing

@testable import train_digits

@Suite struct WarpingTests {
  private let bar = picture { row, column in (4..<24).contains(row) && (12..<16).contains(column) }

  @Test func withoutStrengthThePictureStays() {
    var numbers = SeededNumbers(seed: 1, stream: 0)
    #expect(Warping(strength: 0, &numbers).applied(to: bar[...]) == bar)
  }

  @Test func bendsTheStrokeAndKeepsMostOfItsInk() {
    var numbers = SeededNumbers(seed: 1, stream: 0)
    let warped = Warping(strength: 2, &numbers).applied(to: bar[...])
    #expect(warped != bar)
    #expect(abs(ink(warped) - ink(bar)) < ink(bar) / 3)
  }

  @Test func theSameNumbersBendTheSameWay() {
    var (first, second) = (SeededNumbers(seed: 1, stream: 0), SeededNumbers(seed: 1, stream: 0))
    #expect(
      Warping(strength: 2, &first).applied(to: bar[...])
        == Warping(strength: 2, &second).applied(to: bar[...]))
  }
}
