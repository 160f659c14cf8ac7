import Testing

@testable import Lamina

@Suite struct HistoryTests {
  @Test func valuesAreFoundByName() {
    func epoch(_ number: Int, _ loss: Double) -> EpochResult {
      EpochResult(epoch: number, values: [NamedValue(name: "loss", value: loss)])
    }
    let history = History(epochs: [epoch(0, 2), epoch(1, 1)])
    #expect(history["loss"] == [2, 1])
    #expect(history["accuracy"].isEmpty)
    #expect(history.epochs[1]["loss"] == 1)
    #expect(history.epochs[1]["accuracy"] == nil)
  }
}
