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

  @Test(arguments: [ActivationFunction.linear, .relu, .silu])
  func gradientsAreTheSlopesWhereZerosAreSkipped(activation: ActivationFunction) throws {
    var generator = SeededGenerator(seed: 3)
    // Eighths: their sums are no nearer to the corner of relu than the bias.
    func eighths(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(Int.random(in: -8...8, using: &generator)) / 8 }
    }
    let values = eighths(32 * 6)
    let input = matrix(32, 6) { $0 % 3 == 0 ? values[$0] : 0 }
    #expect(input.isSparse(transposedAndMultipliedBy: 65))
    let trial = try LayerTrial(
      Dense(65, activation: activation), input,
      variables: ["kernel": eighths(6 * 65), "bias": [Float](repeating: 1 / 128, count: 65)])
    try trial.expectGradients(matrix(32, 65, from: &generator), step: 2e-3)
  }

  @Test func zeroTimesInfinityIsNotANumber() throws {
    let input = matrix(32, 100) { $0 % 100 == 3 ? 1 : 0 }
    #expect(input.isSparse(transposedAndMultipliedBy: 64))
    var kernel = [Float](repeating: 1, count: 100 * 64)
    kernel[70 * 64 + 5] = -.infinity
    let trial = try LayerTrial(
      Dense(64, activation: .relu), input, variables: ["kernel": kernel])
    let output = trial.forward()
    #expect(output.indices.allSatisfy { $0 % 64 == 5 ? output[$0].isNaN : output[$0] == 1 })

    trial.backward(matrix(32, 64) { $0 == 9 ? .infinity : 1 })
    let gradient = try #require(trial.pass.variableGradients[0])
    #expect(gradient[3, 9] == .infinity && gradient[70, 9].isNaN)
    #expect(gradient[3, 8] == 32 && gradient[70, 8] == 0)
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
