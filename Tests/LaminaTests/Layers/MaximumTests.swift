import Testing

@testable import Lamina

@Suite struct MaximumTests {
  @Test func largestElementsAreTaken() throws {
    let trial = try LayerTrial(
      Maximum(), [matrix([[1, 9, 3, .nan]]), matrix([[7, 2, 3, 1]]), matrix([[4, 5, -1, 2]])])
    let output = trial.forward()
    #expect(Array(output.prefix(3)) == [7, 9, 3] && output[3].isNaN)
    trial.backward(matrix([[1, 2, 4, 8]]))
    #expect(trial.pass.inputGradients[0]?.toArray() == [0, 2, 2, 0])
    #expect(trial.pass.inputGradients[1]?.toArray() == [1, 0, 2, 0])
    #expect(trial.pass.inputGradients[2]?.toArray() == [0, 0, 0, 0])
    #expect(trial.isFramed)
  }

  /// Keras takes the maximum of the first two, then of that and the third.
  @Test func threeEqualElementsShareTheGradientAsInKeras() throws {
    let trial = try LayerTrial(Maximum(), [matrix([5]), matrix([5]), matrix([5])])
    trial.forward()
    trial.backward(matrix([1]))
    #expect(trial.pass.inputGradients.map { $0?.toArray() } == [[0.25], [0.25], [0.5]])
  }

  @Test func notANumberWinsOnEitherSide() throws {
    for inputs in [[Float.nan, 1], [1, Float.nan]] {
      let trial = try LayerTrial(Maximum(), inputs.map { matrix([$0]) })
      #expect(trial.forward()[0].isNaN)
      trial.backward(matrix([1]))
      #expect(trial.pass.inputGradients.map { $0?.toArray() } == [[0], [0]])
    }
  }

  @Test func gradientsOfRepeatedInputsAreTheSlopes() throws {
    var generator = SeededGenerator(seed: 3)
    let trial = try LayerTrial(
      Maximum(),
      [
        matrix(2, 24, from: &generator), matrix(2, 4, from: &generator),
        matrix(2, 6, from: &generator),
      ], shapes: [[2, 3, 4], [1, 1, 4], [2, 3, 1]])
    // A step this short crosses no place where two elements are equal.
    try trial.expectGradients(matrix(2, 24, from: &generator), step: 5e-4)
  }
}
