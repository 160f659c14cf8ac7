import Testing

@testable import Lamina

@Suite struct DenseTests {
  @Test func passesAreKerass() throws {
    let goldens = try KerasGoldens.load(
      "dense.json", as: KerasGoldens.Cases<KerasGoldens.Dense>.self)
    #expect(goldens.cases.count == 2 * Activation.all.count)
    for golden in goldens.cases {
      let place = "\(golden.activation), bias: \(golden.bias != nil)"
      let dense = Dense(
        6, activation: try Activation(named: golden.activation), useBias: golden.bias != nil)
      let variables = [matrix(golden.kernel)] + (golden.bias.map { [matrix($0)] } ?? [])
      let harness = try LayerHarness(dense, input: matrix(golden.input), variables: variables)
      harness.forward()
      expectClose(harness.pass.output.toArray(), golden.output.flatMap { $0 }, place)
      harness.backward(matrix(golden.upstream))
      // Sums of six or seven products that partly cancel out.
      let absolute: Float = 1e-5
      expectClose(
        harness.pass.inputGradient?.toArray() ?? [], golden.input_gradient.flatMap { $0 },
        absolute: absolute, "\(place), input")
      expectClose(
        harness.pass.variableGradients[0].toArray(), golden.kernel_gradient.flatMap { $0 },
        absolute: absolute, "\(place), kernel")
      if let bias = golden.bias_gradient {
        expectClose(
          harness.pass.variableGradients[1].toArray(), bias, absolute: absolute, "\(place), bias")
      }
      #expect(harness.isFramed)
    }
  }

  @Test(arguments: Activation.all, [true, false])
  func gradientsAreTheSlopes(activation: Activation, useBias: Bool) throws {
    var generator = SeededGenerator(seed: 2)
    let input = matrix(5, 7, from: &generator)
    let kernel = matrix(7, 6, from: &generator)
    let bias = matrix(1, 6, from: &generator)
    let upstream = matrix(5, 6, from: &generator)
    let variables = useBias ? [kernel, bias] : [kernel]

    // No score may be so near to relu's kink that a step crosses it.
    let linear = try LayerHarness(Dense(6, useBias: useBias), input: input, variables: variables)
    let scores = linear.forward().toArray()
    let step: Float = 2e-3
    try #require(scores.allSatisfy { abs($0) > 5 * step })

    let harness = try LayerHarness(
      Dense(6, activation: activation, useBias: useBias), input: input, variables: variables)
    harness.forward()
    harness.backward(upstream)
    let objective = { weightedSum(harness.forward(), upstream) }
    let gradient = try #require(harness.pass.inputGradient)
    expectGradient(gradient, at: input, step: step, "input", objective)
    for (index, variable) in variables.enumerated() {
      expectGradient(
        harness.pass.variableGradients[index], at: variable, step: step, "variable \(index)",
        objective)
    }
  }

  @Test func inputGradientIsLeftOutWhereNobodyNeedsIt() throws {
    let harness = try LayerHarness(
      Dense(2), input: matrix([[1, 2]]), variables: [matrix([[1, 0], [0, 1]]), matrix([5, 6])],
      wantsInputGradient: false)
    #expect(harness.forward().toArray() == [6, 8])
    harness.backward(matrix([10, 20]))
    #expect(harness.pass.variableGradients[0].toArray() == [10, 20, 20, 40])
    #expect(harness.pass.variableGradients[1].toArray() == [10, 20])
  }

  @Test func variablesAreKerass() throws {
    let variables = Dense(3).variables(for: [5])
    #expect(variables.map { $0.name } == ["kernel", "bias"])
    #expect(variables.map { $0.shape } == [[5, 3], [3]])
    #expect(variables.map { $0.initializer.className } == ["GlorotUniform", "Zeros"])
    #expect(Dense(3, useBias: false).variables(for: [5]).count == 1)
  }

  @Test func impossibleSizesAreErrors() {
    expectError(.invalidArgument, "units must be at least 1, got 0") {
      _ = try Dense(0).outputShape(for: [4])
    }
    expectError(.invalidArgument, "got -3") { _ = try Dense(-3).outputShape(for: [4]) }
    expectError(.invalidArgument, "one axis", "Flatten", "[28, 28]") {
      _ = try Dense(3).outputShape(for: [28, 28])
    }
  }
}
