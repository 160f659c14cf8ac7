import Testing

@testable import Lamina

@Suite struct AverageTests {
  @Test func inputsAreAveraged() throws {
    let trial = try LayerTrial(
      Average(), [matrix([[1, 2]]), matrix([[2, 4]]), matrix([[6, 0]])])
    #expect(trial.forward() == [3, 2])
    trial.backward(matrix([[3, 6]]))
    for gradient in trial.pass.inputGradients { #expect(gradient?.toArray() == [1, 2]) }
    #expect(trial.isFramed)
  }

  @Test func gradientsAreTheSlopes() throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(
      Average(), [matrix(3, 12, from: &generator), matrix(3, 4, from: &generator)],
      shapes: [[3, 4], [1, 4]])
    try trial.expectGradients(matrix(3, 12, from: &generator))
  }

  @Test func otherShapesAreErrors() {
    expectError(.invalidArgument, "input 1 has shape [3]", "[4]") {
      _ = try Average().outputShape(for: [[4], [3]])
    }
  }
}
