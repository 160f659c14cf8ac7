import Testing

@testable import Lamina

@Suite struct CalibrationErrorTests {
  @Test func expectedErrorIsTheMeanGapOfTheBins() throws {
    // Of four bins two have answers: three of 0.7 on average, one of them right, and
    // one of 1 that is.
    let error = try CalibrationError(
      probabilities: [[0.6, 0.4], [0.3, 0.7], [0.2, 0.8], [0, 1]], labels: [0, 0, 0, 1],
      binCount: 4)
    // 0.8 is in the last bin, with 1.
    expectClose(error.bins[2].confidence, 0.65)
    expectClose(error.bins[2].accuracy, 0.5)
    expectClose(error.bins[3].confidence, 0.9)
    expectClose(error.bins[3].accuracy, 0.5)
    #expect(error.bins.map { $0.count } == [0, 0, 2, 2])
    expectClose(error.expected, (2 * 0.15 + 2 * 0.4) / 4)
    expectClose(error.maximum, 0.4)
    #expect(error.sampleCount == 4)
  }

  @Test func binsHaveTheirUpperEdge() throws {
    var error = try CalibrationError(binCount: 4)
    #expect(error.bins.map { $0.lower } == [0, 0.25, 0.5, 0.75])
    #expect(error.bins.map { $0.upper } == [0.25, 0.5, 0.75, 1])
    for confidence in [0, 0.25, 0.5, 0.50001, 0.75, 1, 1.000001] as [Float] {
      try error.add(confidence: confidence, isRight: true)
    }
    #expect(error.bins.map { $0.count } == [2, 1, 2, 2])
    #expect(error.bins[3].confidence <= 1)
  }

  @Test func answersThatAreRightAsOftenAsTheySayHaveNone() throws {
    var error = try CalibrationError()
    #expect(error.bins.count == 15)
    for index in 0..<10 {
      try error.add(confidence: 0.7, isRight: index < 7)
      try error.add(confidence: 0.9, isRight: index < 9)
    }
    expectClose(error.expected, 0)
    expectClose(error.maximum, 0)
  }

  @Test func emptyOneIsZero() throws {
    let empty = try CalibrationError()
    #expect(empty.expected == 0 && empty.maximum == 0 && empty.sampleCount == 0)
    #expect(empty.bins.allSatisfy { $0.confidence == 0 && $0.accuracy == 0 })
  }

  @Test func whatCannotBeIsAnError() throws {
    for count in [0, -1, 1001] {
      expectError(.invalidArgument, "1 to 1000 bins, got \(count)") {
        _ = try CalibrationError(binCount: count)
      }
    }
    expectError(.invalidArgument, "1 labels for 2 samples") {
      _ = try CalibrationError(probabilities: [[1], [1]], labels: [0])
    }
    for label in [-1, 2] as [Int32] {
      expectError(.invalidArgument, "sample 0 has the class \(label), expected 0 to 1") {
        _ = try CalibrationError(probabilities: [[0, 1]], labels: [label])
      }
    }
    for probability in [-0.1, 1.1, .nan, .infinity] as [Float] {
      expectError(.invalidArgument, "expected a probability of 0 to 1") {
        _ = try CalibrationError(probabilities: [[probability]], labels: [0])
      }
    }
  }
}
