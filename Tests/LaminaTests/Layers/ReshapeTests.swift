import Testing

@testable import Lamina

@Suite struct ReshapeTests {
  @Test func oneLengthIsFoundFromTheOthers() throws {
    #expect(try Reshape([3, 4]).outputShape(for: [[2, 6]]) == [3, 4])
    #expect(try Reshape([-1]).outputShape(for: [[2, 6]]) == [12])
    #expect(try Reshape([2, -1, 3]).outputShape(for: [[12]]) == [2, 2, 3])
    #expect(try Reshape([]).outputShape(for: [[1]]) == [])
    #expect(try Reshape([1, -1]).outputShape(for: [[]]) == [1, 1])
  }

  @Test func gradientIsTheSlope() throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(
      Reshape([3, -1]), matrix(3, 12, from: &generator), shape: [2, 6])
    try trial.expectGradients(matrix(3, 12, from: &generator))
  }

  @Test func otherNumbersOfElementsAreErrors() {
    expectError(.invalidArgument, "[2, 6]", "[5, 2]") {
      _ = try Reshape([5, 2]).outputShape(for: [[2, 6]])
    }
    expectError(.invalidArgument, "[12]", "[5, -1]") {
      _ = try Reshape([5, -1]).outputShape(for: [[12]])
    }
    for target in [[-1, -1], [0, 12], [-2, 6], [-1, 0]] {
      expectError(.invalidArgument, "target_shape", "\(Shape(target))") {
        _ = try Reshape(target).outputShape(for: [[12]])
      }
    }
    expectError(.invalidArgument, "does not fit") {
      _ = try Reshape([.max, .max]).outputShape(for: [[12]])
    }
    expectError(.invalidArgument, "too large") {
      _ = try Reshape([-1]).outputShape(for: [[.max, .max]])
    }
  }

  @Test func numbersAndGradientsKeepTheirOrder() throws {
    let trial = try LayerTrial(Reshape([3, -1]), matrix([[1, 2, 3], [4, 5, 6]]))
    #expect(trial.forward() == [1, 2, 3, 4, 5, 6])
    trial.backward(matrix([[6, 5, 4], [3, 2, 1]]))
    #expect(trial.pass.inputGradient?.toArray() == [6, 5, 4, 3, 2, 1])
    #expect(trial.isFramed)
  }

  @Test func configurationIsKerass() throws {
    let again = try reread(Reshape([2, -1]), Reshape.init(configuration:))
    #expect(again.targetShape == [2, -1])
    #expect(JSON.object(again.configuration).text == #"{"target_shape":[2,-1]}"#)
    expectError(.format, "target_shape") { _ = try Reshape(configuration: configuration("{}")) }
  }
}
