import Testing

@testable import Lamina

@Suite struct FlattenTests {
  @Test func shapeBecomesOneAxis() throws {
    #expect(try Flatten().outputShape(for: [[28, 28]]) == [784])
    #expect(try Flatten().outputShape(for: [[5]]) == [5])
    #expect(try Flatten().outputShape(for: [[]]) == [1])
    expectError(.invalidArgument, "too large") {
      _ = try Flatten().outputShape(for: [[.max, .max]])
    }
  }

  @Test func numbersAndGradientsKeepTheirOrder() throws {
    let trial = try LayerTrial(Flatten(), matrix([[1, 2, 3], [4, 5, 6]]))
    #expect(trial.forward() == [1, 2, 3, 4, 5, 6])
    trial.backward(matrix([[6, 5, 4], [3, 2, 1]]))
    #expect(trial.pass.inputGradient?.toArray() == [6, 5, 4, 3, 2, 1])
    #expect(trial.isFramed)
  }

  @Test func gradientIsTheSlope() throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(Flatten(), matrix(3, 12, from: &generator), shape: [2, 3, 2])
    try trial.expectGradients(matrix(3, 12, from: &generator))
  }
}
