import Testing

@testable import Lamina

@Suite struct ConfusionMatrixTests {
  @Test func countsAreByTrueAndPredictedClass() throws {
    let matrix = try ConfusionMatrix(
      targets: [0, 0, 1, 2, 2, 2], predictions: [0, 1, 1, 2, 0, 2], classCount: 3)
    #expect(matrix.counts == [[1, 1, 0], [0, 1, 0], [1, 0, 2]])
    #expect(matrix.sampleCount == 6)
    expectClose(matrix.accuracy, 4 / 6)
    #expect(matrix.precision == [0.5, 0.5, 1])
    #expect(matrix.recall == [0.5, 1, 2 / 3])
    #expect(matrix.labels == ["0", "1", "2"])
  }

  @Test func rowsOfOutputsAreCounted() throws {
    var confusion = try ConfusionMatrix(classCount: 2, labels: ["no", "yes"])
    try confusion.add(predictions: matrix([[0, 1], [3, 2]]), targets: matrix([[1], [1]]))
    try confusion.add(predictions: matrix([[0, 1]]), targets: matrix([[1, 0]]))
    try confusion.add(predictions: matrix([[0.5], [0.6]]), targets: matrix([[0], [1]]))
    #expect(confusion.counts == [[1, 1], [1, 2]])
  }

  @Test func emptyOneHasNoFractions() throws {
    let empty = try ConfusionMatrix(classCount: 2)
    #expect(empty.accuracy == 0)
    #expect(empty.precision == [0, 0])
    #expect(empty.recall == [0, 0])
  }

  @Test func descriptionIsATable() throws {
    let confusion = try ConfusionMatrix(
      targets: [0, 0, 1, 0], predictions: [0, 1, 1, 0], classCount: 2, labels: ["cat", "ox"])
    #expect(
      confusion.description == """
                     cat     ox  recall
        cat            2      1   0.667
        ox             0      1   1.000
        precision  1.000  0.500   0.750
        """)
  }

  @Test func whatDoesNotFitIsAnError() throws {
    for (count, labels) in [(0, []), (-1, []), (5000, []), (2, ["one"])] {
      expectError(.invalidArgument, "classes", "\(count)") {
        _ = try ConfusionMatrix(classCount: count, labels: labels)
      }
    }
    expectError(.invalidArgument, "1 targets, 2 predictions") {
      _ = try ConfusionMatrix(targets: [0], predictions: [0, 1], classCount: 2)
    }
    for (target, prediction) in [(2, 0), (-1, 0), (0, 2), (0, -1)] as [(Int32, Int32)] {
      expectError(.invalidArgument, "sample 0", "\(target)", "\(prediction)", "0 to 1") {
        _ = try ConfusionMatrix(targets: [target], predictions: [prediction], classCount: 2)
      }
    }
    var confusion = try ConfusionMatrix(classCount: 3)
    for (predictions, targets) in [
      ([[0, 1]], [[0]]), ([[0, 1, 2]], [[0], [1]]), ([[0.5]], [[0]]),
    ]
      as [([[Float]], [[Float]])]
    {
      expectError(.invalidArgument, "3 scores and a class a row") {
        try confusion.add(predictions: matrix(predictions), targets: matrix(targets))
      }
    }
    for label in [3, -1, 0.5, Float.nan] {
      expectError(.invalidArgument, "expected 0 to 2") {
        try confusion.add(predictions: matrix([[0, 1, 2]]), targets: matrix([[label]]))
      }
    }
  }
}
