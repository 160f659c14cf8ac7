import Testing

@testable import Lamina

@Suite(.kerasParity("activations")) struct ActivationParityTests {
  @Test(arguments: ActivationFunction.all)
  func valuesAndGradientsAreKerass(function: ActivationFunction) throws {
    let goldens = try KerasFixture("activations", function.name).cases
    #expect(!goldens.isEmpty)
    for golden in goldens {
      let function = try ActivationFunction(
        .object([
          JSON.Member("class_name", try #require(golden.json["activation"])),
          JSON.Member("config", try #require(golden.json["config"])),
        ]))
      let y = try rows(of: golden.tensor("x"))
      let gradient = try rows(of: golden.tensor("upstream"))
      let state = matrix(y.rows, function.stateCount(y.columns))
      function.apply(to: y, state: state)
      function.backpropagate(outputs: y, state: state, gradient: gradient)
      golden.expect("y", y.toArray())
      golden.expect("gradient", gradient.toArray())
    }
  }

  /// A row for each vector along the last axis.
  private func rows(of tensor: FixtureTensor) throws -> MatrixView {
    let (columns, numbers) = (try #require(tensor.shape.last), tensor.floats)
    return matrix(numbers.count / columns, columns) { numbers[$0] }
  }
}
