import Testing

@testable import Lamina

private func entry(
  _ topic: String, _ className: String, _ caseName: String, _ tensorName: String,
  _ value: Float = 1, reference: [Double]? = nil
) -> ParityTable.Entry {
  ParityTable.Entry(
    topic: topic, className: className, caseName: caseName, tensorName: tensorName, count: 4,
    comparison: KerasComparison([value], keras: [1], reference: reference))
}

@Test func theTableHasARowForEachClassWhateverTheOrderOfTheTests() {
  let entries = [
    entry("losses", "Huber", "one", "total"),
    entry("layers", "Dense", "one", "output", 1.000011, reference: [1.00001]),
    entry("layers", "Dense", "two", "output"),
    entry("layers", "Dense", "one", "gradient/kernel", 1.0000055),
    entry("layers", "Add", "one", "output"),
  ]
  let (forwards, backwards) = (ParityTable(), ParityTable())
  entries.forEach(forwards.add)
  entries.reversed().forEach(backwards.add)
  #expect(forwards.rows(of: "layers") == backwards.rows(of: "layers"))
  #expect(
    forwards.rows(of: "layers") == [
      "| Add | 1 | 1 | 4 | 0.00 | 0 |",
      "| Dense | 2 | 3 | 12 | 1.00 | 0 |",
    ])
  #expect(forwards.rows(of: "losses") == ["| Huber | 1 | 1 | 4 | 0.00 | 0 |"])
  #expect(forwards.rows(of: "metrics").isEmpty)
}

@Test func theTableCountsWhatTheReferenceHeld() {
  let table = ParityTable()
  table.add(entry("layers", "Dense", "one", "output", 1.000033, reference: [1.00003]))
  #expect(table.rows(of: "layers") == ["| Dense | 1 | 1 | 4 | 3.00 | 1 |"])
}

@Test func aTensorThatIsComparedTwiceCountsOnceWithItsLargerDifference() {
  let table = ParityTable()
  for value: Float in [1, 1.0000055, 1] {
    table.add(entry("layers", "Dense", "one", "output", value))
  }
  #expect(table.rows(of: "layers") == ["| Dense | 1 | 1 | 4 | 0.50 | 0 |"])
}
