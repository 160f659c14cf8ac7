import Testing

@testable import Lamina

@Suite struct DepthwiseConv2DTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var size: Size2D = 3
    var strides: Size2D = 1
    var padding = Padding.valid
    var dilation: Size2D = 1
    var multiplier = 1

    func layer(_ activation: ActivationFunction = .linear, useBias: Bool = true) -> DepthwiseConv2D
    {
      DepthwiseConv2D(
        kernelSize: size, strides: strides, padding: padding, depthMultiplier: multiplier,
        dilation: dilation, activation: activation, useBias: useBias)
    }

    var testDescription: String {
      "\(size) / \(strides), \(padding.name), dilation \(dilation), times \(multiplier)"
    }
  }

  static let cases = [
    Case(), Case(size: [2, 3], multiplier: 2), Case(padding: .same),
    Case(strides: 2, padding: .same),
    Case(size: 2, strides: [1, 3], multiplier: 3), Case(padding: .same, dilation: [2, 3]),
    Case(size: 2, strides: 2, dilation: 2, multiplier: 2), Case(size: 1),
  ]
  private static let shape: Shape = [5, 6, 3]

  /// A convolution whose kernel is zero where input and output channel have
  /// nothing to do with each other.
  @Test(arguments: cases)
  func outputIsTheOneOfASparseConvolution(test: Case) throws {
    let harness = try ImageLayerHarness(test.layer(), Self.shape)
    let (kernel, bias) = (harness.pass.variables[0], harness.pass.variables[1])
    let filters = 3 * test.multiplier
    var sparse = [Float](repeating: 0, count: kernel.rows * filters)
    for row in 0..<kernel.rows {
      for m in 0..<test.multiplier {
        sparse[row * filters + (row % 3) * test.multiplier + m] = kernel[row, m]
      }
    }
    // A dilated convolution with strides is one of every second output.
    let isBoth = test.strides != 1 && test.dilation != 1
    let convolution = Conv2D(
      filters, kernelSize: test.size, strides: isBoth ? 1 : test.strides, padding: test.padding,
      dilation: test.dilation)
    let reference = try ImageLayerHarness(
      convolution, Self.shape, images: harness.pass.input.toArray(),
      variables: [sparse, bias.toArray()])
    let expected = reference.forward()
    let outputs = harness.forward()
    if isBoth {
      #expect(harness.pass.outputShape == [2, 2, filters])
      #expect(reference.pass.outputShape == [3, 4, filters])
      for (index, output) in outputs.enumerated() {
        let (position, filter) = index.quotientAndRemainder(dividingBy: filters)
        let (image, place) = position.quotientAndRemainder(dividingBy: 4)
        let source = image * 12 + (place / 2) * 2 * 4 + (place % 2) * 2
        #expect(abs(output - expected[source * filters + filter]) <= 1e-5)
      }
    } else {
      #expect(harness.pass.outputShape == reference.pass.outputShape)
      expectClose(outputs, expected, absolute: 1e-5, test.testDescription)
    }
    #expect(harness.isFramed)
  }

  @Test(arguments: cases, [.linear, .softmax, .silu] as [ActivationFunction])
  func gradientsAreTheSlopes(test: Case, activation: ActivationFunction) throws {
    let harness = try ImageLayerHarness(test.layer(activation), Self.shape)
    try harness.expectGradients(step: 2e-3, "\(test.testDescription), \(activation.name)")
  }

  /// Whatever the number of threads, and of images beside one.
  @Test(arguments: cases)
  func threadsDoNotChangeABit(test: Case) throws {
    for rows in [1, 3, 37] {
      let harness = try ImageLayerHarness(test.layer(.silu), Self.shape, rows: rows)
      var generator = SeededGenerator(seed: 14)
      let upstream = generator.normals(harness.pass.output.count)
      let results = (1...3).map { threadCount in
        var pass = harness.pass
        pass.workers = Workers(threadCount: threadCount)
        pass.output.fill(.nan)
        pass.workspace.fill(.nan)
        pass.outputGradient.assign(upstream)
        harness.layer.forward(pass)
        harness.layer.backward(pass)
        return [pass.output.toArray(), harness.inputGradient]
          + pass.variableGradients.map { $0?.toArray() ?? [] }
      }
      #expect(results[0] == results[1] && results[0] == results[2])
      #expect(harness.isFramed)
      let alone = try ImageLayerHarness(
        test.layer(.silu), Self.shape, rows: 1,
        images: harness.pass.input.row(rows - 1).toArray(),
        variables: harness.pass.variables.map { $0.toArray() })
      #expect(alone.forward() == harness.pass.output.row(rows - 1).toArray())
    }
  }

  /// The gradients of a batch are the sums of its images'.
  @Test func gradientsOfAllPiecesAreAddedUp() throws {
    let harness = try ImageLayerHarness(Self.cases[1].layer(), Self.shape, rows: 37)
    var generator = SeededGenerator(seed: 15)
    let upstream = generator.normals(harness.pass.output.count)
    harness.forward()
    harness.backward(upstream)
    var sums = harness.pass.variableGradients.map { [Float](repeating: 0, count: $0?.count ?? 0) }
    let columns = harness.pass.output.columns
    for row in 0..<37 {
      let alone = try ImageLayerHarness(
        Self.cases[1].layer(), Self.shape, rows: 1, images: harness.pass.input.row(row).toArray(),
        variables: harness.pass.variables.map { $0.toArray() })
      alone.forward()
      alone.backward(Array(upstream[row * columns..<(row + 1) * columns]))
      for (index, gradient) in alone.pass.variableGradients.enumerated() {
        sums[index] = zip(sums[index], gradient?.toArray() ?? []).map { $0 + $1 }
      }
    }
    for (gradient, sum) in zip(harness.pass.variableGradients, sums) {
      expectClose(gradient?.toArray() ?? [], sum, absolute: 1e-3)
    }
  }

  @Test func smallExampleIsExact() throws {
    let harness = try ImageLayerHarness(
      DepthwiseConv2D(kernelSize: [1, 2], depthMultiplier: 2), [1, 2, 2], rows: 1,
      images: [1, 2, 3, 4], variables: [[1, 10, 2, 20, 3, 30, 4, 40], [0, 0, 0, 0.5]])
    #expect(harness.forward() == [10, 100, 20, 200.5])
    harness.backward([1, 0, 0, 1])
    #expect(harness.inputGradient == [1, 20, 3, 40])
    #expect(harness.pass.variableGradients[0]?.toArray() == [1, 0, 0, 2, 3, 0, 0, 4])
    #expect(harness.pass.variableGradients[1]?.toArray() == [1, 0, 0, 1])
  }

  @Test func variablesAreKerass() {
    let layer = DepthwiseConv2D(
      kernelSize: [3, 2], depthMultiplier: 5, depthwiseRegularizer: .l1())
    let variables = layer.variables(for: [[9, 9, 4]])
    #expect(variables.map { $0.name } == ["kernel", "bias"])
    #expect(variables.map { $0.shape } == [[3, 2, 4, 5], [20]])
    #expect(variables.map { $0.regularizer?.className } == ["L1", nil])
    let withoutBias = DepthwiseConv2D(kernelSize: 3, useBias: false)
    #expect(withoutBias.variables(for: [[9, 9, 4]]).count == 1)
  }

  @Test func impossibleLayersAreErrors() {
    func expectRefused(_ layer: DepthwiseConv2D, _ message: String, on shape: Shape = [4, 4, 2]) {
      expectError(.invalidArgument, message) { _ = try layer.outputShape(for: [shape]) }
    }
    expectRefused(
      DepthwiseConv2D(kernelSize: 3, depthMultiplier: 0),
      "depth multiplier must be at least 1, got 0")
    for multiplier in [.max, 1 << 57, 1 << 40] {
      expectRefused(DepthwiseConv2D(kernelSize: 3, depthMultiplier: multiplier), "is too large")
    }
    expectRefused(DepthwiseConv2D(kernelSize: 5), "a kernel of [5, 5] does not fit")
    expectRefused(DepthwiseConv2D(kernelSize: 3), "got [4, 4]", on: [4, 4])
  }

  @Test func configurationIsReadAsItIsWritten() throws {
    let layer = DepthwiseConv2D(
      kernelSize: [3, 2], strides: [2, 1], padding: .same, depthMultiplier: 4, dilation: [1, 3],
      activation: .relu, useBias: false, depthwiseInitializer: .heNormal, biasInitializer: .ones,
      depthwiseRegularizer: .l2(0.25), biasRegularizer: .l1())
    let read = try DepthwiseConv2D(configuration: ImageLayerHarness.rewritten(layer))
    #expect(read.configuration == layer.configuration)
    #expect(read.kernelSize == [3, 2] && read.depthMultiplier == 4 && read.dilation == [1, 3])
    #expect(read.depthwiseInitializer.className == "HeNormal" && !read.useBias)
    expectError(.unsupported, "depthwise_constraint") {
      _ = try DepthwiseConv2D(
        configuration: ImageLayerHarness.configuration(
          "{\"kernel_size\": 3, \"depthwise_constraint\": \"MaxNorm\"}"))
    }
  }
}
