import Testing

@testable import Lamina

/// A convolution that is trained together with the pooling behind it gives what the
/// two layers give one after the other.
@Suite struct Conv2DPooledTrainingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var shape: Shape = [9, 8, 3]
    var filters = 5
    var kernel: Size2D = 3
    var strides: Size2D = 1
    var padding = Padding.valid
    var dilation: Size2D = 1
    var pool: Size2D = 2
    var poolStrides: Size2D?
    var poolPadding = Padding.valid

    func layer(_ activation: ActivationFunction = .relu, useBias: Bool = true) -> Conv2D {
      Conv2D(
        filters, kernelSize: kernel, strides: strides, padding: padding, dilation: dilation,
        activation: activation, useBias: useBias)
    }
    var pooling: MaxPooling2D {
      MaxPooling2D(poolSize: pool, strides: poolStrides, padding: poolPadding)
    }
    var testDescription: String {
      "\(shape), \(filters) filters of \(kernel) / \(strides), \(padding.name), by \(dilation); "
        + "pool \(pool) / \(pooling.strides), \(poolPadding.name)"
    }
  }

  static let cases = [
    Case(), Case(filters: 32), Case(filters: 33, padding: .same), Case(filters: 64, strides: 2),
    Case(shape: [28, 28, 1], filters: 32), Case(shape: [13, 13, 32], filters: 64),
    Case(kernel: [2, 4], padding: .same, pool: [3, 2]), Case(padding: .same, dilation: [2, 3]),
    Case(shape: [9, 8, 40], filters: 17, padding: .same, dilation: [2, 3]),
    Case(pool: 2, poolStrides: [3, 2]), Case(poolPadding: .same), Case(pool: [1, 6]),
    Case(shape: [14, 13, 11], filters: 70, kernel: 5, padding: .same, pool: 3),
    Case(shape: [20, 19, 16], filters: 6, kernel: 3, strides: 2, padding: .same, pool: [2, 3]),
    Case(shape: [60, 70, 32], filters: 3, pool: [3, 4], poolStrides: 5),
  ]

  private struct Gradients {
    var outputs: [Float]
    var input: [Float]
    var kernel: [Float]
    var bias: [Float]
  }

  /// - Parameter prepare: changes the images and the kernel.
  private func trial(
    _ test: Case, _ layer: Conv2D, prepare: (MatrixView, MatrixView) -> Void = { _, _ in }
  ) throws -> (convolution: LayerTrial, pooling: LayerTrial) {
    var generator = SeededGenerator(seed: 4)
    let images = matrix(3, test.shape.checkedElementCount ?? 0, from: &generator)
    let variables = layer.variables(for: [test.shape]).map { variable in
      (variable.name, generator.normals(variable.shape.checkedElementCount ?? 0))
    }
    let convolution = try LayerTrial(
      layer, images, shape: test.shape, variables: Dictionary(uniqueKeysWithValues: variables))
    prepare(images, convolution.pass.variables[0])
    let pooling = try LayerTrial(
      test.pooling, convolution.pass.output, shape: convolution.pass.outputShape)
    return (convolution, pooling)
  }

  private func upstream(_ output: MatrixView) -> [Float] {
    var generator = SeededGenerator(seed: 5)
    return generator.normals(output.count)
  }

  private func separate(_ trials: (convolution: LayerTrial, pooling: LayerTrial)) throws
    -> Gradients
  {
    let (convolution, pooling) = trials
    convolution.forward()
    let outputs = pooling.forward()
    pooling.backward(
      matrix(1, outputs.count) { upstream(pooling.pass.output)[$0] })
    convolution.backward(try #require(pooling.pass.inputGradient))
    return gradients(convolution.pass, outputs)
  }

  private func together(
    _ test: Case, _ trials: (convolution: LayerTrial, pooling: LayerTrial),
    change: (inout LayerPass) -> Void = { _ in }
  ) throws -> (LayerPass, Gradients) {
    let layer = try #require(trials.convolution.layer as? Conv2D)
    let count = try #require(layer.workspaceCount(for: test.shape, pooling: test.pooling))
    func fresh(_ rows: Int, _ columns: Int) -> MatrixView { matrix(rows, columns) { _ in .nan } }
    var pass = trials.convolution.pass
    let output = trials.pooling.pass.output
    pass.pooling = test.pooling
    pass.output = fresh(output.rows, output.columns)
    pass.outputShape = trials.pooling.pass.outputShape
    pass.outputGradient = fresh(output.rows, output.columns)
    pass.state = fresh(output.rows, (output.columns + 3) / 4)
    pass.workspace = fresh(1, count)
    pass.inputGradients = [fresh(pass.input.rows, pass.input.columns)]
    pass.variableGradients = pass.variables.map { fresh($0.rows, $0.columns) }
    change(&pass)
    layer.forward(pass)
    let outputs = pass.output.toArray()
    pass.outputGradient.assign(upstream(output))
    layer.backward(pass)
    let written = [pass.output, pass.outputGradient, pass.state, pass.workspace]
    let gradients = (pass.inputGradients + pass.variableGradients).compactMap { $0 }
    #expect((written + gradients).allSatisfy(isFramed))
    return (pass, self.gradients(pass, outputs))
  }

  private func gradients(_ pass: LayerPass, _ outputs: [Float]) -> Gradients {
    Gradients(
      outputs: outputs, input: pass.inputGradient?.toArray() ?? [],
      kernel: pass.variableGradients[0]?.toArray() ?? [],
      bias: pass.variableGradients.count > 1 ? pass.variableGradients[1]?.toArray() ?? [] : [])
  }

  @Test(arguments: cases, [ActivationFunction.relu, .linear])
  func gradientsAreThoseOfTheTwoLayers(test: Case, activation: ActivationFunction) throws {
    for useBias in [true, false] {
      let trials = try trial(test, test.layer(activation, useBias: useBias))
      let expected = try separate(trials)
      let (_, results) = try together(test, trials)
      #expect(results.outputs == expected.outputs)
      expectClose(results.input, expected.input, absolute: 1e-4, "input")
      expectClose(results.kernel, expected.kernel, absolute: 3e-4, "kernel")
      expectClose(results.bias, expected.bias, absolute: 1e-4, "bias")
    }
  }

  @Test(arguments: cases)
  func threadsChangeNoBit(test: Case) throws {
    let trials = try trial(test, test.layer())
    let (_, one) = try together(test, trials)
    let (_, two) = try together(test, trials) { $0.workers = Workers(threadCount: 3) }
    #expect(two.outputs == one.outputs && two.input == one.input)
    #expect(two.kernel == one.kernel && two.bias == one.bias)
  }

  @Test(arguments: [1, 32])
  func onlyGradientsThatSomebodyNeedsAreComputed(channels: Int) throws {
    let test = Case(shape: [9, 8, channels], filters: 6)
    let trials = try trial(test, test.layer())
    let (_, all) = try together(test, trials)
    let (_, frozen) = try together(test, trials) { $0.variableGradients = [nil, nil] }
    #expect(frozen.input == all.input && frozen.kernel.isEmpty && frozen.bias.isEmpty)
    let (_, first) = try together(test, trials) { $0.inputGradients = [nil] }
    #expect(first.kernel == all.kernel && first.bias == all.bias && first.input.isEmpty)
  }

  /// All outputs of a constant image are equal.
  @Test func firstOfEqualsGetsTheGradient() throws {
    for channels in [1, 32] {
      let test = Case(shape: [7, 7, channels], filters: 3, kernel: 1)
      let trials = try trial(test, test.layer()) { images, kernel in
        images.fill(1)
        kernel.fill(1)
      }
      let expected = try separate(trials)
      let (pass, results) = try together(test, trials)
      #expect(results.outputs == expected.outputs)
      expectClose(results.input, expected.input, absolute: 1e-5, "input")
      let row = try #require(pass.inputGradient).row(0).toArray()
      #expect(row[0] != 0 && row[channels] == 0 && row[7 * channels] == 0)
    }
  }

  /// What is not a number is larger than all, and its gradient passes relu.
  @Test func notANumberIsTheLargest() throws {
    for channels in [1, 32] {
      let test = Case(shape: [7, 7, channels], filters: 3, kernel: 1)
      let trials = try trial(test, test.layer()) { images, _ in images[1, 9 * channels] = .nan }
      let expected = try separate(trials)
      let (_, results) = try together(test, trials)
      for index in expected.outputs.indices {
        #expect(results.outputs[index].isNaN == expected.outputs[index].isNaN)
      }
      #expect(results.outputs.contains { $0.isNaN })
      expectClose(results.input, expected.input, absolute: 1e-4, "input")
    }
  }

  /// 0 times infinity is not 0.
  @Test func zeroesAreNotSkippedWhereTheKernelIsNotFinite() throws {
    let test = Case(shape: [7, 7, 32], filters: 3)
    let trials = try trial(test, test.layer()) { images, kernel in
      images.fill(1)
      kernel[5, 1] = -.infinity
    }
    let expected = try separate(trials)
    let (_, results) = try together(test, trials)
    #expect(expected.input.contains { $0.isNaN })
    for (result, expected) in zip(results.input, expected.input) {
      #expect(result.isNaN == expected.isNaN)
    }
  }

  @Test func onlySomePoolingsAreTrainedAlong() {
    func isTrained(_ pooling: MaxPooling2D, _ activation: ActivationFunction = .relu) -> Bool {
      Conv2D(4, kernelSize: 3, activation: activation)
        .workspaceCount(for: [39, 39, 2], pooling: pooling) != nil
    }
    #expect(isTrained(MaxPooling2D()) && isTrained(MaxPooling2D(), .linear))
    #expect(!isTrained(MaxPooling2D(), .tanh) && !isTrained(MaxPooling2D(), .relu6))
    #expect(!isTrained(MaxPooling2D(poolSize: 3, strides: 2)))
    #expect(!isTrained(MaxPooling2D(poolSize: 2, strides: [2, 1])))
    #expect(isTrained(MaxPooling2D(poolSize: 16)) && !isTrained(MaxPooling2D(poolSize: 17)))
    let depthwise = DepthwiseConv2D(kernelSize: 3)
    #expect(depthwise.workspaceCount(for: [9, 9, 2], pooling: MaxPooling2D()) == nil)
  }
}
