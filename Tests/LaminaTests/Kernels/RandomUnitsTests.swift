import Testing

@testable import Lamina

@Suite struct RandomUnitsTests {
  @Test func numbersAreEvenlySpread() {
    let values = matrix(1, 10_000)
    RandomStream(seed: 3, purpose: .dropout).fillUnits(values)
    expectEvenlySpread(values.toArray().map { Double($0) }, from: 0, to: 1)
    #expect(values.toArray().allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test(arguments: oddSizes)
  func fewerNumbersAreTheBeginningOfMore(count: Int) {
    let stream = RandomStream(seed: 3, purpose: .dropout, layer: 2, step: 5)
    let (few, many) = (matrix(1, count), matrix(1, 200))
    stream.fillUnits(few)
    stream.fillUnits(many)
    #expect(few.toArray() == Array(many.toArray().prefix(count)))
    #expect(isFramed(few))
  }
}
