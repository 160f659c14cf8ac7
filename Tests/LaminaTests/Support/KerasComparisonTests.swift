import Testing

@testable import Lamina

@Test func numbersWithinTheBoundAgreeWithKeras() {
  let comparison = KerasComparison([1, 100.0005], keras: [1, 100], reference: nil)
  #expect(comparison.agrees && !comparison.isHeldByReference)
  #expect(comparison.worstRatio > 0.4 && comparison.worstRatio < 0.6)
}

@Test func numbersBeyondTheBoundDisagreeWithKerasWithoutAReference() {
  let comparison = KerasComparison([1, 100.01], keras: [1, 100], reference: nil)
  #expect(!comparison.agrees)
  #expect(comparison.worstRatio > 9)
}

@Test func numbersNearerToTheReferenceThanKerasAgree() {
  let comparison = KerasComparison([100.01], keras: [100], reference: [100.009])
  #expect(comparison.agrees && comparison.isHeldByReference)
}

@Test func numbersFartherFromTheReferenceThanKerasDisagree() {
  let comparison = KerasComparison([100.01, 1], keras: [100, 1], reference: [100.004, 1])
  #expect(!comparison.agrees && !comparison.isHeldByReference)
}

@Test func numbersThatAreNotFiniteMustBeTheSame() {
  let same = KerasComparison([.infinity, .nan], keras: [.infinity, .nan], reference: nil)
  #expect(same.agrees && same.worstRatio == 0)
  for (value, keras) in [(Float.nan, Float(1)), (1, .nan), (.infinity, 1), (1, .infinity)] {
    let comparison = KerasComparison([value], keras: [keras], reference: [Double(keras)])
    #expect(!comparison.agrees, "\(value) and \(keras)")
  }
  #expect(!KerasComparison([-.infinity], keras: [.infinity], reference: nil).agrees)
}

@Test func aBoundOfItsOwnIsHeldInstead() {
  let bound = KerasComparison.Bound(absolute: 0.5, relative: 0)
  #expect(KerasComparison([1.25], keras: [1], reference: nil, bound: bound).worstRatio == 0.5)
  #expect(!KerasComparison([1.75], keras: [1], reference: nil, bound: bound).agrees)
}

@Test func anotherCountOfNumbersDisagrees() {
  #expect(!KerasComparison([1], keras: [1, 2], reference: [1, 2]).agrees)
}

@Test func aComparisonOfACaseIsNotedInTheTable() throws {
  let relu = try #require(KerasFixture("activations", "relu").cases.first)
  let table = ParityTable()
  let y = try relu.tensor("y").floats
  relu.expect("y", y, table: table)
  #expect(table.rows(of: "activations") == ["| relu | 1 | 1 | \(y.count) | 0.00 | 0 |"])
  withKnownIssue { relu.expect("y", y.map { $0 + 1 }, table: table) }
  withKnownIssue { relu.expect("y", [1], table: table) }
  withKnownIssue { relu.expect("z", y, table: table) }
}
