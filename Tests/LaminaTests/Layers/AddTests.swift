import Testing

@testable import Lamina

@Suite struct AddTests {
  @Test func inputsAreSummed() throws {
    let trial = try LayerTrial(
      Add(),
      [matrix([[1, 2], [3, 4]]), matrix([[10, 20], [30, 40]]), matrix([[5, 5], [5, 5]])])
    #expect(trial.forward() == [16, 27, 38, 49])
    trial.backward(matrix([[1, 2], [3, 4]]))
    for gradient in trial.pass.inputGradients { #expect(gradient?.toArray() == [1, 2, 3, 4]) }
    #expect(trial.isFramed)
  }

  @Test func gradientsAreTheSlopes() throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(
      Add(),
      [
        matrix(3, 12, from: &generator), matrix(3, 4, from: &generator),
        matrix(3, 3, from: &generator),
      ], shapes: [[3, 4], [1, 4], [3, 1]])
    try trial.expectGradients(matrix(3, 12, from: &generator))
  }

  @Test func smallerInputsAreRepeated() throws {
    let trial = try LayerTrial(
      Add(), [matrix([[1, 2, 3, 4, 5, 6]]), matrix([[10, 20]]), matrix([[100, 200, 300]])],
      shapes: [[3, 2], [2], [3, 1]])
    #expect(trial.forward() == [111, 122, 213, 224, 315, 326])
    trial.backward(matrix([[1, 2, 3, 4, 5, 6]]))
    #expect(trial.pass.inputGradients[0]?.toArray() == [1, 2, 3, 4, 5, 6])
    #expect(trial.pass.inputGradients[1]?.toArray() == [9, 12])
    #expect(trial.pass.inputGradients[2]?.toArray() == [3, 7, 11])
  }

  @Test func gradientsAreLeftOutWhereNobodyNeedsThem() throws {
    let trial = try LayerTrial(Add(), [matrix([[1, 2]]), matrix([[3, 4]])])
    var pass = trial.pass
    pass.inputGradients[0] = nil
    pass.outputGradient.assign([5, 6])
    Add().backward(pass)
    #expect(pass.inputGradients[1]?.toArray() == [5, 6])
  }

  @Test func otherShapesAreErrors() throws {
    #expect(try Add().outputShape(for: [[5, 5, 8], [1, 1, 8]]) == [5, 5, 8])
    #expect(try Add().outputShape(for: [[3, 1], [1, 4], [4]]) == [3, 4])
    expectError(.invalidArgument, "input 2 has shape [3]", "[4]") {
      _ = try Add().outputShape(for: [[4], [4], [3]])
    }
    expectError(.invalidArgument, "no elements") {
      _ = try Add().outputShape(for: [[0], [1]])
    }
    expectError(.invalidArgument, "too large") {
      _ = try Add().outputShape(for: [[.max, 1], [1, .max]])
    }
  }

  @Test func configurationHasANameAlone() throws {
    #expect(Add(name: "sum").configuration.isEmpty)
    #expect(Add(configuration: try configuration(#"{"name": "sum"}"#)).name == "sum")
    #expect(Add().inputCount == 2...Int.max)
  }
}
