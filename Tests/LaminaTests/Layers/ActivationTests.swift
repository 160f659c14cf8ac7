import Testing

@testable import Lamina

@Suite struct ActivationTests {
  /// A layer's pass over a batch, with NaN where it has to write.
  private func pass(_ input: MatrixView, shape: Shape) -> LayerPass {
    LayerPass(
      inputs: [input], output: matrix(input.rows, input.columns) { _ in .nan },
      inputShapes: [shape], outputShape: shape, variables: [], state: matrix(input.rows, 0),
      workspace: matrix(1, 0), inputGradients: [matrix(input.rows, input.columns) { _ in .nan }],
      outputGradient: matrix(input.rows, input.columns), variableGradients: [], isTraining: true,
      random: RandomStream(seed: 1, purpose: .dropout))
  }

  @Test func softmaxIsOverTheLastAxis() throws {
    let layer = Activation(.softmax)
    #expect(try layer.outputShape(for: [[2, 3]]) == [2, 3])
    let pass = pass(matrix(2, 6) { Float($0 % 3) }, shape: [2, 3])
    layer.forward(pass)
    let row: [Float] = [0.090_030_57, 0.244_728_47, 0.665_240_96]
    expectClose(pass.output.toArray(), row + row + row + row)
  }

  @Test(arguments: ActivationFunction.all + [.gelu(approximate: true)])
  func gradientIsTheSlope(function: ActivationFunction) throws {
    var generator = SeededGenerator(seed: 8)
    let values = generator.normals(3 * 10).map { abs($0) < 0.05 ? $0 + 0.1 : $0 }
    let input = matrix(3, 10) { max(-2.5, min(2.5, values[$0])) }
    let upstream = matrix(3, 10, from: &generator)
    let layer = Activation(function)
    #expect(layer.stateCount(for: [[2, 5]]) == 0)
    let pass = pass(input, shape: [2, 5])
    layer.forward(pass)
    pass.outputGradient.assign(upstream)
    layer.backward(pass)
    let gradient = try #require(pass.inputGradient)
    #expect(isFramed(pass.output) && isFramed(gradient) && isFramed(pass.outputGradient))
    expectGradient(gradient, at: input, "\(function)") {
      layer.forward(pass)
      return weightedSum(pass.output, upstream)
    }
  }

  @Test func anyShapeStays() throws {
    for shape: Shape in [[], [7], [4, 4, 3]] {
      #expect(try Activation(.relu).outputShape(for: [shape]) == shape)
    }
    expectError(.invalidArgument, "[3, 0]") {
      _ = try Activation(.relu).outputShape(for: [[3, 0]])
    }
    expectError(.invalidArgument, "negative_slope", "-1") {
      _ = try Activation(.leakyRelu(negativeSlope: -1)).outputShape(for: [[3]])
    }
  }

  @Test func configurationComesBack() throws {
    for function in ActivationFunction.all + [.elu(alpha: 0.5)] {
      let written = JSON.object(
        Activation(function).configuration + [JSON.Member("name", .string("end"))])
      let layer = try Activation(configuration: Configuration(written))
      #expect(layer.activation == function && layer.name == "end")
    }
  }
}
