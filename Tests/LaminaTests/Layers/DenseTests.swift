import Testing

@testable import Lamina

@Suite struct DenseTests {
  @Test(arguments: ActivationFunction.all, [true, false])
  func gradientsAreTheSlopes(activation: ActivationFunction, useBias: Bool) throws {
    var generator = SeededGenerator(seed: 2)
    let input = matrix(5, 7, from: &generator)
    let kernel = matrix(7, 6, from: &generator)
    let bias = matrix(1, 6, from: &generator)
    let upstream = matrix(5, 6, from: &generator)
    let values = ["kernel": kernel.toArray(), "bias": bias.toArray()]
    // No score may be so near to a kink that a step crosses it.
    let linear = try LayerTrial(Dense(6, useBias: useBias), input, variables: values)
    let step: Float = 2e-3
    try #require(linear.forward().allSatisfy { abs($0) > 5 * step && abs(abs($0) - 3) > 5 * step })
    let dense = Dense(6, activation: activation, useBias: useBias)
    try LayerTrial(dense, input, variables: values).expectGradients(upstream, step: step)
  }

  @Test func lastAxisIsTransformed() throws {
    var generator = SeededGenerator(seed: 5)
    let input = matrix(2, 12, from: &generator)
    let kernel = generator.normals(4 * 3)
    let dense = Dense(3, activation: .softmax)
    let trial = try LayerTrial(dense, input, shape: [3, 4], variables: ["kernel": kernel])
    #expect(trial.pass.outputShape == [3, 3])
    let each = try LayerTrial(
      dense, input.reshaped(columns: 4), variables: ["kernel": kernel])
    #expect(trial.forward() == each.forward())
    try trial.expectGradients(matrix(2, 9, from: &generator))
  }

  @Test func inputGradientIsLeftOutWhereNobodyNeedsIt() throws {
    let trial = try LayerTrial(
      Dense(2), matrix([[1, 2]]), variables: ["kernel": [1, 0, 0, 1], "bias": [5, 6]])
    #expect(trial.forward() == [6, 8])
    var pass = trial.pass
    pass.inputGradients = [nil]
    pass.outputGradient.assign([10, 20])
    trial.layer.backward(pass)
    #expect(pass.variableGradients[0]?.toArray() == [10, 20, 20, 40])
    #expect(pass.variableGradients[1]?.toArray() == [10, 20])
  }

  @Test func variablesAreKerass() throws {
    let variables = Dense(3).variables(for: [[5]])
    #expect(variables.map { $0.name } == ["kernel", "bias"])
    #expect(variables.map { $0.shape } == [[5, 3], [3]])
    #expect(variables.map { $0.initializer.className } == ["GlorotUniform", "Zeros"])
    #expect(Dense(3, useBias: false).variables(for: [[5]]).count == 1)
  }

  @Test func impossibleSizesAreErrors() {
    expectError(.invalidArgument, "units must be at least 1, got 0") {
      _ = try Dense(0).outputShape(for: [[4]])
    }
    expectError(.invalidArgument, "got -3") { _ = try Dense(-3).outputShape(for: [[4]]) }
    expectError(.invalidArgument, "at least one axis, got []") {
      _ = try Dense(3).outputShape(for: [[]])
    }
  }
}
