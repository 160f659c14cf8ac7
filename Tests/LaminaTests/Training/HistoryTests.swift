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

  @Test func jsonIsAsKerasHasIt() {
    let first = EpochResult(epoch: 4, values: [NamedValue(name: "loss", value: 0.5)])
    let second = EpochResult(
      epoch: 5,
      values: [NamedValue(name: "loss", value: .nan), NamedValue(name: "val_loss", value: 2)])
    #expect(
      History(epochs: [first, second]).json.text
        == #"{"epoch":[4,5],"loss":[0.5,null],"val_loss":[null,2.0]}"#)
    #expect(History().json.text == "{}")
  }
}
