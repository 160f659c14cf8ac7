import Foundation
import Testing

@testable import Lamina

@Suite struct LogLinesTests {
  private func values(_ values: KeyValuePairs<String, Double>) -> [NamedValue] {
    values.map { NamedValue(name: $0.key, value: $0.value) }
  }

  /// Tests/Fixtures/keras/summaries/logs.txt has "<time>" where times differ.
  private func withoutTimes(_ line: String) -> String {
    line.replacing(/\d+(us|ms|s)\/step/, with: "<time>/step")
      .replacing(#/ - \d+s -/#, with: " - <time> -")
  }

  @Test func linesAreKerass() throws {
    let log = try KerasGoldens.text("summaries/logs.txt")
    let expected = log.split(separator: "\n").map { String($0) }
    let epoch = EpochResult(
      epoch: 1,
      values: values([
        "loss": 1.2261234, "accuracy": 0.41, "val_loss": 0.94561, "val_accuracy": 0.6,
      ]), batchCount: 7, seconds: 0.02)
    #expect(expected.contains(withoutTimes(epoch.logLine)), "\(epoch.logLine)")
    let evaluation = Evaluation(
      sampleCount: 100, batchCount: 7, seconds: 0.01,
      values: values(["loss": 1.11499, "accuracy": 0.48]))
    #expect(expected.last == withoutTimes(evaluation.logLine))
    var progress = TrainingProgress(epochCount: 2, epoch: 0, batchCount: 7)
    #expect(progress.epochLine == expected[1])
    progress.epoch = 1
    #expect(progress.epochLine == expected[3])
    #expect(TrainingProgress(epochCount: 1, epoch: 0, batchCount: 7).epochLine == nil)
  }

  @Test func whatCallbacksAddComesLast() {
    var epoch = EpochResult(
      epoch: 0, values: values(["loss": 2, "val_loss": 3, "val_a": 4]), batchCount: 1,
      seconds: 2.5)
    epoch.set("learning_rate", to: 0.001)
    epoch.set("beta", to: 0.5)
    #expect(
      epoch.logLine
        == "1/1 - 2s - 2s/step - loss: 2.0000 - val_a: 4.0000 - val_loss: 3.0000"
        + " - learning_rate: 1.0000e-03 - beta: 0.5000")
  }

  @Test(arguments: [
    (0.0, 5, "0s - 0s/step"), (0.4999, 1000, "0s - 500us/step"), (1.5, 1000, "2s - 2ms/step"),
    (61.2, 313, "61s - 196ms/step"), (100, 50, "100s - 2s/step"), (1e-7, 1, "0s - 0us/step"),
  ])
  func timesAreInTheUnitThatFits(seconds: Double, batches: Int, expected: String) {
    let line = Evaluation(sampleCount: 1, batchCount: batches, seconds: seconds, values: []).logLine
    #expect(line == "\(batches)/\(batches) - \(expected)")
  }

  @Test func trainingsTellTheirTimeAndBatches() throws {
    let model = try compiledModel()
    let history = try model.fit(clusters(100), epochs: 2, validation: clusters(50, seed: 2))
    for epoch in history.epochs {
      #expect(epoch.batchCount == 4)
      #expect(epoch.seconds > 0 && epoch.seconds < 100)
      #expect(
        withoutTimes(epoch.logLine).hasPrefix("4/4 - <time> - <time>/step - accuracy: 0."))
    }
  }

  @Test func timesDoNotCountInComparisons() {
    func epoch(_ number: Int, loss: Double, seconds: Double) -> EpochResult {
      EpochResult(epoch: number, values: values(["loss": loss]), batchCount: 3, seconds: seconds)
    }
    #expect(epoch(1, loss: 2, seconds: 3) == epoch(1, loss: 2, seconds: 4))
    #expect(epoch(1, loss: 2, seconds: 3) != epoch(2, loss: 2, seconds: 3))
    #expect(epoch(1, loss: 2, seconds: 3) != epoch(1, loss: 1, seconds: 3))
  }
}
