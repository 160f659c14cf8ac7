import Testing

@testable import Lamina

@Suite struct ConcatenateTests {
  @Test func lastAxesAreJoined() throws {
    let trial = try LayerTrial(
      Concatenate(), [matrix([[1, 2, 3, 4], [11, 12, 13, 14]]), matrix([[5, 6], [15, 16]])],
      shapes: [[2, 2], [2, 1]])
    #expect(trial.pass.outputShape == [2, 3])
    #expect(trial.forward() == [1, 2, 5, 3, 4, 6, 11, 12, 15, 13, 14, 16])
    trial.backward(matrix([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]))
    #expect(trial.pass.inputGradients[0]?.toArray() == [1, 2, 4, 5, 7, 8, 10, 11])
    #expect(trial.pass.inputGradients[1]?.toArray() == [3, 6, 9, 12])
    #expect(trial.isFramed)
  }

  @Test(arguments: [(1, [5, 2]), (-1, [2, 5])] as [(Int, Shape)])
  func gradientsAreTheSlopes(axis: Int, other: Shape) throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(
      Concatenate(axis: axis),
      [
        matrix(3, 4, from: &generator), matrix(3, 10, from: &generator),
        matrix(3, 4, from: &generator),
      ], shapes: [[2, 2], other, [2, 2]])
    try trial.expectGradients(matrix(3, 18, from: &generator))
  }

  @Test(arguments: [1, -2])
  func firstAxesAreJoined(axis: Int) throws {
    let trial = try LayerTrial(
      Concatenate(axis: axis), [matrix([[1, 2]]), matrix([[3, 4, 5, 6]]), matrix([[7, 8]])],
      shapes: [[1, 2], [2, 2], [1, 2]])
    #expect(trial.pass.outputShape == [4, 2])
    #expect(trial.forward() == [1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test func gradientsAreLeftOutWhereNobodyNeedsThem() throws {
    let trial = try LayerTrial(Concatenate(), [matrix([[1, 2]]), matrix([[3]])])
    var pass = trial.pass
    pass.inputGradients[0] = nil
    pass.outputGradient.assign([5, 6, 7])
    Concatenate().backward(pass)
    #expect(pass.inputGradients[1]?.toArray() == [7])
  }

  @Test func otherShapesAndAxesAreErrors() throws {
    #expect(try Concatenate(axis: 2).outputShape(for: [[2, 1, 3], [2, 5, 3]]) == [2, 6, 3])
    expectError(.invalidArgument, "input 1 has shape [3, 2]", "[2, 2]") {
      _ = try Concatenate().outputShape(for: [[2, 2], [3, 2]])
    }
    expectError(.invalidArgument, "input 1 has shape [2]") {
      _ = try Concatenate().outputShape(for: [[2, 2], [2]])
    }
    for axis in [0, -3, 3, .min] {
      expectError(.invalidArgument, "axis \(axis)", "[2, 2]") {
        _ = try Concatenate(axis: axis).outputShape(for: [[2, 2], [2, 2]])
      }
    }
    expectError(.invalidArgument, "too large") {
      _ = try Concatenate().outputShape(for: [[.max], [.max]])
    }
  }

  @Test func configurationIsKerass() throws {
    #expect(try reread(Concatenate(axis: 1), Concatenate.init(configuration:)).axis == 1)
    #expect(try Concatenate(configuration: configuration("{}")).axis == -1)
  }
}
