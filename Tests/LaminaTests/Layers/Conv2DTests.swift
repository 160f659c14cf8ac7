import Testing

@testable import Lamina

@Suite struct Conv2DTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var shape: Shape = [5, 6, 2]
    var filters = 3
    var size: Size2D = 3
    var strides: Size2D = 1
    var padding = Padding.valid
    var dilation: Size2D = 1
    var output: Shape
    /// The first window's place, which may lie before the image.
    var start = (0, 0)

    func layer(_ activation: ActivationFunction = .linear, useBias: Bool = true) -> Conv2D {
      Conv2D(
        filters, kernelSize: size, strides: strides, padding: padding, dilation: dilation,
        activation: activation, useBias: useBias)
    }

    var testDescription: String {
      "\(shape), \(size) / \(strides), \(padding.name), dilation \(dilation)"
    }
  }

  static let cases = [
    Case(output: [3, 4, 3]),
    Case(size: [1, 1], output: [5, 6, 3]),
    Case(size: 1, strides: [2, 3], output: [3, 2, 3]),
    Case(size: [2, 3], output: [4, 4, 3]),
    Case(strides: 2, output: [2, 2, 3]),
    Case(size: 2, strides: [1, 3], output: [4, 2, 3]),
    Case(padding: .same, output: [5, 6, 3], start: (-1, -1)),
    Case(size: [2, 4], padding: .same, output: [5, 6, 3], start: (0, -1)),
    Case(strides: 2, padding: .same, output: [3, 3, 3], start: (-1, 0)),
    Case(size: [5, 6], strides: 4, padding: .same, output: [2, 2, 3], start: (-2, -2)),
    Case(dilation: [2, 1], output: [1, 4, 3]),
    Case(padding: .same, dilation: [2, 3], output: [5, 6, 3], start: (-2, -3)),
    Case(shape: [1, 1, 4], size: [3, 5], padding: .same, output: [1, 1, 3], start: (-1, -2)),
    // Windows whose pixels all lie beyond one border or the other but for a few.
    Case(
      shape: [3, 3, 1], size: 2, padding: .same, dilation: 4, output: [3, 3, 3], start: (-2, -2)),
    // Taps that see no pixel from anywhere.
    Case(shape: [3, 2, 5], size: 7, padding: .same, output: [3, 2, 3], start: (-3, -3)),
    Case(shape: [3, 3, 1], padding: .same, dilation: 5, output: [3, 3, 3], start: (-5, -5)),
    Case(
      shape: [3, 3, 1], size: 2, padding: .same, dilation: 9, output: [3, 3, 3], start: (-4, -4)),
    Case(shape: [4, 3, 2], size: 2, strides: [100, 1 << 40], output: [1, 1, 3]),
    // Filters and channels around the lengths of vectors.
    Case(shape: [6, 17, 1], filters: 1, output: [4, 15, 1]),
    Case(
      shape: [6, 5, 3], filters: 7, size: 5, padding: .same, output: [6, 5, 7], start: (-2, -2)),
    Case(shape: [6, 18, 16], filters: 16, output: [4, 16, 16]),
    Case(shape: [5, 7, 33], filters: 32, strides: 2, output: [2, 3, 32]),
    Case(shape: [5, 31, 5], filters: 33, size: [1, 3], output: [5, 29, 33]),
    Case(shape: [7, 6, 17], filters: 64, size: [2, 4], strides: 3, output: [2, 1, 64]),
    Case(shape: [9, 9, 16], filters: 70, size: 1, output: [9, 9, 70]),
    // More than what is computed at once: of the image, and of the outputs.
    Case(shape: [40, 90, 33], filters: 2, padding: .same, output: [40, 90, 2], start: (-1, -1)),
    Case(shape: [40, 60, 2], filters: 33, size: 2, output: [39, 59, 33]),
    Case(shape: [81, 81, 2], filters: 36, strides: 2, output: [40, 40, 36]),
  ]

  /// The sum of products, in double.
  private func dot(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  /// The sums of the definition, in double.
  private func convolution(_ test: Case, _ harness: ImageLayerHarness) -> [Float] {
    let (input, kernel) = (harness.pass.input, harness.pass.variables[0])
    let (height, width) = (test.shape.dimensions[0], test.shape.dimensions[1])
    let channels = test.shape.dimensions[2]
    var outputs: [Float] = []
    for image in 0..<input.rows {
      for i in 0..<test.output.dimensions[0] {
        for j in 0..<test.output.dimensions[1] {
          for filter in 0..<test.filters {
            var sum =
              harness.pass.variables.count > 1 ? Double(harness.pass.variables[1][0, filter]) : 0
            for k in 0..<test.size.rows {
              for l in 0..<test.size.columns {
                let row = test.start.0 + i * test.strides.rows + k * test.dilation.rows
                let column = test.start.1 + j * test.strides.columns + l * test.dilation.columns
                guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
                for channel in 0..<channels {
                  let x = input[image, (row * width + column) * channels + channel]
                  let w = kernel[(k * test.size.columns + l) * channels + channel, filter]
                  sum += Double(x) * Double(w)
                }
              }
            }
            outputs.append(Float(sum))
          }
        }
      }
    }
    return outputs
  }

  @Test(arguments: cases, [true, false])
  func outputIsTheDefinitions(test: Case, useBias: Bool) throws {
    #expect(try test.layer().outputShape(for: [test.shape]) == test.output)
    let harness = try ImageLayerHarness(test.layer(useBias: useBias), test.shape)
    expectClose(
      harness.forward(), convolution(test, harness), absolute: 1e-4, test.testDescription)
    #expect(harness.isFramed)
  }

  /// <y, u> = <x, dL/dx> = <W, dL/dW> where y is linear in x and in W.
  @Test(arguments: cases)
  func gradientsAreTransposes(test: Case) throws {
    let harness = try ImageLayerHarness(test.layer(), test.shape)
    let bias = harness.pass.variables[1]
    bias.fill(0)
    let outputs = harness.forward()
    var generator = SeededGenerator(seed: 13)
    let upstream = generator.normals(outputs.count)
    harness.backward(upstream)
    let value = dot(outputs, upstream)
    let scale = dot(outputs, outputs).squareRoot() * dot(upstream, upstream).squareRoot()
    let kernelGradient = try #require(harness.pass.variableGradients[0])
    expectClose(
      dot(harness.pass.input.toArray(), harness.inputGradient), value, absolute: 1e-6 * scale,
      "input")
    expectClose(
      dot(harness.pass.variables[0].toArray(), kernelGradient.toArray()), value,
      absolute: 1e-6 * scale, "kernel")
    let sums = (0..<test.filters).map { filter in
      stride(from: filter, to: upstream.count, by: test.filters).reduce(0) { $0 + upstream[$1] }
    }
    expectClose(harness.pass.variableGradients[1]?.toArray() ?? [], sums, absolute: 1e-4, "bias")
    #expect(harness.isFramed)
  }

  /// Softmax is taken over the filters, and silu keeps a state.
  @Test(
    arguments: [0, 1, 4, 6, 8, 11],
    [.linear, .tanh, .softmax, .silu] as [ActivationFunction])
  func gradientsAreTheSlopes(index: Int, activation: ActivationFunction) throws {
    let test = Self.cases[index]
    let harness = try ImageLayerHarness(test.layer(activation), test.shape)
    try harness.expectGradients(step: 2e-3, "\(test.testDescription), \(activation.name)")
  }

  @Test func smallExampleIsExact() throws {
    let layer = Conv2D(2, kernelSize: 2, activation: .relu)
    let harness = try ImageLayerHarness(
      layer, [3, 3, 1], rows: 1, images: ImageLayerHarness.counting(9),
      variables: [[1, -1, 0, 0, 0, 0, 2, 0], [0.5, 4]])
    // Filter 0: x(i, j) + 2 x(i + 1, j + 1) + 0.5; filter 1: 4 - x(i, j).
    #expect(harness.forward() == [11.5, 3, 14.5, 2, 20.5, 0, 23.5, 0])
    harness.backward([1, 1, 0, 0, 0, 0, 0, 1])
    #expect(harness.inputGradient == [0, 0, 0, 0, 2, 0, 0, 0, 0])
    #expect(harness.pass.variableGradients[0]?.toArray() == [1, 1, 2, 2, 4, 4, 5, 5])
    #expect(harness.pass.variableGradients[1]?.toArray() == [1, 1])
  }

  @Test func gradientsAreLeftOutWhereNobodyNeedsThem() throws {
    for size in [1, 2] as [Size2D] {
      let harness = try ImageLayerHarness(
        Conv2D(2, kernelSize: size), [3, 3, 2], wantsInputGradient: false)
      var pass = harness.pass
      pass.variableGradients = [nil, pass.variableGradients[1]]
      harness.forward()
      pass.outputGradient.fill(1)
      harness.layer.backward(pass)
      let count = Float(pass.output.count / 2)
      #expect(pass.variableGradients[1]?.toArray() == [count, count])
      #expect(harness.isFramed)
    }
  }

  /// Whatever the number of threads, and of images beside one.
  @Test(arguments: [0, 5, 6, 10, 22] as [Int])
  func threadsDoNotChangeABit(index: Int) throws {
    let test = Self.cases[index]
    for rows in [1, 3, 37] {
      let harness = try ImageLayerHarness(test.layer(.silu), test.shape, rows: rows)
      var generator = SeededGenerator(seed: 14)
      let upstream = generator.normals(harness.pass.output.count)
      let results = (1...3).map { threadCount in
        var pass = harness.pass
        pass.workers = Workers(threadCount: threadCount)
        pass.output.fill(.nan)
        pass.outputGradient.assign(upstream)
        harness.layer.forward(pass)
        harness.layer.backward(pass)
        return [pass.output.toArray(), harness.inputGradient]
          + pass.variableGradients.map { $0?.toArray() ?? [] }
      }
      #expect(results[0] == results[1] && results[0] == results[2])
      #expect(harness.isFramed)
      let alone = try ImageLayerHarness(
        test.layer(.silu), test.shape, rows: 1,
        images: harness.pass.input.row(rows - 1).toArray(),
        variables: harness.pass.variables.map { $0.toArray() })
      #expect(alone.forward() == harness.pass.output.row(rows - 1).toArray())
    }
  }

  @Test func notANumberIsPassedOn() throws {
    var images = [Float](repeating: 1, count: 25)
    images[12] = .nan
    let harness = try ImageLayerHarness(
      Conv2D(17, kernelSize: 2, activation: .relu), [5, 5, 1], rows: 1, images: images)
    let values = harness.forward()
    let outputs = matrix(16, 17) { values[$0] }
    for position in 0..<16 {
      let seesIt = [5, 6, 9, 10].contains(position)
      #expect((0..<17).allSatisfy { outputs[position, $0].isNaN == seesIt })
    }
  }

  @Test func inferenceNeedsNoState() throws {
    let layer = Conv2D(3, kernelSize: 2, activation: .silu)
    let training = try ImageLayerHarness(layer, [4, 4, 2])
    let inference = try ImageLayerHarness(layer, [4, 4, 2], isInference: true)
    #expect(layer.stateCount(for: [[4, 4, 2]]) == 27)
    #expect(inference.forward() == training.forward())
    #expect(inference.isFramed)
  }

  @Test func workspaceDoesNotGrowWithTheImage() {
    let layer = Conv2D(32, kernelSize: 3, padding: .same)
    let counts = [28, 1000, 2000].map { layer.workspaceCount(for: [[$0, $0, 16]]) }
    #expect(counts[0] < 1 << 20 && counts[1] < 1 << 22 && counts[2] < 1 << 22)
  }

  @Test func variablesAreKerass() {
    let layer = Conv2D(8, kernelSize: [3, 2], kernelRegularizer: .l2(0.5), biasRegularizer: .l1())
    let variables = layer.variables(for: [[9, 9, 4]])
    #expect(variables.map { $0.name } == ["kernel", "bias"])
    #expect(variables.map { $0.shape } == [[3, 2, 4, 8], [8]])
    #expect(variables.map { $0.initializer.className } == ["GlorotUniform", "Zeros"])
    #expect(variables.map { $0.regularizer?.className } == ["L2", "L1"])
    #expect(Conv2D(8, kernelSize: 3, useBias: false).variables(for: [[9, 9, 4]]).count == 1)
  }

  @Test func impossibleLayersAreErrors() {
    func expectRefused(_ layer: Conv2D, _ message: String, on shape: Shape = [4, 4, 1]) {
      expectError(.invalidArgument, message) { _ = try layer.outputShape(for: [shape]) }
    }
    expectRefused(Conv2D(0, kernelSize: 3), "filters must be at least 1, got 0")
    expectRefused(Conv2D(1, kernelSize: 0), "kernel size must be at least 1, got [0, 0]")
    expectRefused(
      Conv2D(1, kernelSize: 2, strides: [1, 0]), "strides must be at least 1, got [1, 0]")
    expectRefused(Conv2D(1, kernelSize: 2, dilation: -1), "dilation must be at least 1")
    expectRefused(
      Conv2D(1, kernelSize: [1, 2, 3]),
      "kernel size must be one number or two, for rows and columns, got 3 numbers")
    expectRefused(Conv2D(1, kernelSize: []), "got 0 numbers")
    expectRefused(
      Conv2D(1, kernelSize: 2, strides: 2, dilation: [1, 2]),
      "strides and dilation cannot both be more than 1, got [2, 2] and [1, 2]")
    expectRefused(
      Conv2D(1, kernelSize: [3, 5]),
      "a kernel of [3, 5] does not fit in an input of shape [4, 4, 1]")
    expectRefused(
      Conv2D(1, kernelSize: 3, dilation: 2),
      "a kernel of [3, 3], dilated by [2, 2], does not fit in an input of shape [4, 4, 1]")
    expectRefused(Conv2D(.max, kernelSize: 3), "is too large")
    expectRefused(
      Conv2D(1, kernelSize: 3, padding: .same, dilation: Size2D(rows: .max, columns: 1)), "fit")
    expectRefused(
      Conv2D(1, kernelSize: 3), "expected an input of shape [height, width, channels], got [784]",
      on: [784])
    expectRefused(Conv2D(1, kernelSize: 3), "got [4, 0, 1]", on: [4, 0, 1])
    expectRefused(Conv2D(1, kernelSize: 3, activation: .elu(alpha: -1)), "alpha")
  }
}
