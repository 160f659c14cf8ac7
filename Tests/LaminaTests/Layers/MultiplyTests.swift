import Testing

@testable import Lamina

@Suite struct MultiplyTests {
  @Test func inputsAreMultiplied() throws {
    let trial = try LayerTrial(
      Multiply(),
      [matrix([[1, 2], [3, 4]]), matrix([[5, 6], [7, 8]]), matrix([[2, 0], [1, 1]])])
    #expect(trial.forward() == [10, 0, 21, 32])
    trial.backward(matrix([[1, 1], [1, 10]]))
    #expect(trial.pass.inputGradients[0]?.toArray() == [10, 0, 7, 80])
    #expect(trial.pass.inputGradients[1]?.toArray() == [2, 0, 3, 40])
    #expect(trial.pass.inputGradients[2]?.toArray() == [5, 12, 21, 320])
    #expect(trial.isFramed)
  }

  /// As a "squeeze and excitation" block does: a factor for each channel.
  @Test func gradientsOfRepeatedInputsAreTheSlopes() throws {
    var generator = SeededGenerator(seed: 2)
    let trial = try LayerTrial(
      Multiply(),
      [
        matrix(2, 24, from: &generator), matrix(2, 4, from: &generator),
        matrix(2, 6, from: &generator),
      ], shapes: [[2, 3, 4], [1, 1, 4], [2, 3, 1]])
    try trial.expectGradients(matrix(2, 24, from: &generator))
  }

  @Test func otherShapesAreErrors() {
    expectError(.invalidArgument, "input 1 has shape [3]", "[4]") {
      _ = try Multiply().outputShape(for: [[4], [3]])
    }
  }
}
