import Testing

@testable import Lamina

@Suite struct Conv2DInferenceTests {
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

    var layer: Conv2D {
      Conv2D(
        filters, kernelSize: kernel, strides: strides, padding: padding, dilation: dilation)
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
    Case(pool: 2, poolStrides: [3, 2]), Case(poolPadding: .same), Case(pool: [1, 6]),
    Case(shape: [10, 10, 3], pool: 3, poolPadding: .same),
    Case(pool: [2, 3], poolStrides: [2, 1]),
    Case(shape: [13, 14, 48], filters: 32, padding: .same),
    Case(shape: [60, 70, 32], filters: 16, pool: [3, 4]),
    Case(shape: [2, 48, 32], filters: 16, kernel: [5, 3], padding: .same, pool: [1, 2]),
    Case(shape: [48, 2, 32], filters: 32, kernel: [3, 7], padding: .same, pool: [2, 1]),
    Case(shape: [15, 12, 32], filters: 96, padding: .same, pool: 3, poolStrides: [4, 3]),
    Case(shape: [72, 88, 16], filters: 17, padding: .same, pool: 4, poolPadding: .same),
  ]

  static let functions: [ActivationFunction] = [.linear, .relu, .tanh, .silu, .softmax]

  /// What the layers compute one after the other, and what one pass makes of it.
  private func results(
    of test: Case, _ activation: ActivationFunction, rows: Int, pools: Bool = true,
    useBias: Bool = true
  ) throws -> (separate: [Float], fused: [Float]) {
    var generator = SeededGenerator(seed: 4)
    let input = matrix(rows, test.shape.checkedElementCount ?? 0, from: &generator)
    let layer = test.layer
    let shape = try layer.outputShape(for: [test.shape])
    let variables = layer.variables(for: [test.shape]).map { variable in
      (variable.name, generator.normals(variable.shape.checkedElementCount ?? 0))
    }
    let outputs = try LayerTrial(
      Conv2D(
        test.filters, kernelSize: test.kernel, strides: test.strides, padding: test.padding,
        dilation: test.dilation, activation: activation, useBias: useBias), input,
      shape: test.shape, variables: Dictionary(uniqueKeysWithValues: variables),
      isTraining: false)
    var separate = outputs.forward()
    var columns = outputs.pass.output.columns
    if pools {
      let pooled = try LayerTrial(
        test.pooling, outputs.pass.output, shape: shape, isTraining: false)
      separate = pooled.forward()
      columns = pooled.pass.output.columns
    }
    let kernel = outputs.pass.variables[0]
    let packed = matrix(1, layer.packedCount(for: test.shape)) { _ in .nan }
    layer.pack(kernel, for: test.shape, into: packed)
    let pass = InferencePass(
      input: input, output: matrix(rows, columns) { _ in .nan }, inputShape: test.shape,
      kernel: kernel, packed: packed, bias: useBias ? outputs.pass.variables[1] : nil,
      activation: activation, pooling: pools ? test.pooling : nil,
      workspace: matrix(
        1,
        layer.inferenceWorkspaceCount(for: test.shape, pooling: pools ? test.pooling : nil)
      ) { _ in .nan })
    layer.infer(pass)
    #expect([pass.input, pass.output, pass.kernel, packed, pass.workspace].allSatisfy(isFramed))
    return (separate, pass.output.toArray())
  }

  @Test(arguments: cases, functions)
  func poolingIsPartOfThePass(test: Case, activation: ActivationFunction) throws {
    #expect(test.layer.fuses(test.pooling, on: test.shape))
    let (separate, fused) = try results(of: test, activation, rows: 2)
    expectSame(fused, separate, test)
  }

  @Test(arguments: cases, functions)
  func outputsAreThoseOfTheForwardPass(test: Case, activation: ActivationFunction) throws {
    for useBias in [true, false] {
      let (separate, fused) = try results(
        of: test, activation, rows: 3, pools: false, useBias: useBias)
      expectSame(fused, separate, test)
    }
  }

  /// To the bit, but by Winograd's way to rounding.
  private func expectSame(_ fused: [Float], _ separate: [Float], _ test: Case) {
    if test.layer.convolution(over: test.shape)?.suitsWinograd == true {
      expectClose(fused, separate, absolute: 5e-5, test.testDescription)
    } else {
      #expect(fused == separate)
    }
  }

  /// One pixel is seen by nine windows, and by no other output.
  @Test(arguments: [.nan, .infinity] as [Float])
  func whatIsNotFiniteDoesNotSpread(value: Float) throws {
    let layer = Conv2D(16, kernelSize: 3)
    let shape: Shape = [12, 12, 32]
    let convolution = try #require(layer.convolution(over: shape))
    #expect(convolution.suitsWinograd)
    let kernel = matrix(convolution.window.patchCount, 16) { _ in 0.5 }
    func outputs(pixel: Float, weight: Float) -> [Float] {
      let input = matrix(1, 12 * 12 * 32) { _ in 1 }
      input[0, (5 * 12 + 6) * 32] = pixel
      kernel[0, 3] = weight
      let packed = matrix(1, layer.packedCount(for: shape))
      layer.pack(kernel, for: shape, into: packed)
      let output = matrix(1, 1600)
      layer.infer(
        InferencePass(
          input: input, output: output, inputShape: shape, kernel: kernel, packed: packed,
          bias: nil, activation: .linear, pooling: nil,
          workspace: matrix(1, layer.inferenceWorkspaceCount(for: shape, pooling: nil))))
      return output.toArray()
    }
    for (index, output) in outputs(pixel: value, weight: 0.5).enumerated() {
      let (row, column) = (index / 160, index / 16 % 10)
      #expect(output.isFinite != ((3...5).contains(row) && (4...6).contains(column)))
    }
    for (index, output) in outputs(pixel: 1, weight: value).enumerated() {
      #expect(output.isFinite == (index % 16 != 3))
    }
    #expect(outputs(pixel: 1, weight: 0.5).allSatisfy { $0 == 144 })
    // Products of these are finite, but those of their sums and differences might not be.
    #expect(outputs(pixel: 1e25, weight: 1e13).allSatisfy { $0.isFinite })
    #expect(outputs(pixel: 1e18, weight: 1e18).allSatisfy { $0.isFinite })
  }

  @Test func poolsThatOverlapArePooledAfterwards() {
    let layer = Conv2D(4, kernelSize: 3)
    func fuses(_ pooling: MaxPooling2D) -> Bool { layer.fuses(pooling, on: [9, 9, 2]) }
    #expect(fuses(MaxPooling2D()))
    #expect(!fuses(MaxPooling2D(poolSize: 3, strides: 2)))
    #expect(!fuses(MaxPooling2D(poolSize: 5, padding: .same)))
    #expect(!fuses(MaxPooling2D(poolSize: 8)))
    #expect(!fuses(MaxPooling2D(poolSize: Size2D(rows: 1 << 61, columns: 2), padding: .same)))
    #expect(layer.fuses(MaxPooling2D(poolSize: 5, padding: .same), on: [12, 12, 2]))
    // The window's outputs would take 32 times the memory of all outputs.
    #expect(!Conv2D(1, kernelSize: 3).fuses(MaxPooling2D(poolSize: 498), on: [500, 500, 1]))
  }

  /// Not the memory of a training, which holds gradients for each piece of a batch.
  @Test func workspaceIsThatOfOneImage() {
    let layer = Conv2D(64, kernelSize: 3)
    let count = layer.inferenceWorkspaceCount(for: [13, 13, 32], pooling: MaxPooling2D())
    #expect(count < layer.workspaceCount(for: [[13, 13, 32]]) / 4)
  }

  @Test func notANumberIsKept() throws {
    let layer = Conv2D(2, kernelSize: 1)
    let packed = matrix(1, layer.packedCount(for: [2, 4, 1]))
    layer.pack(matrix([[1, -1]]), for: [2, 4, 1], into: packed)
    let output = matrix(1, 4) { _ in 7 }
    layer.infer(
      InferencePass(
        input: matrix([1, .nan, 3, 4, 5, 6, -7, .infinity]), output: output,
        inputShape: [2, 4, 1], kernel: matrix([[1, -1]]), packed: packed, bias: nil,
        activation: .relu, pooling: MaxPooling2D(),
        workspace: matrix(
          1, layer.inferenceWorkspaceCount(for: [2, 4, 1], pooling: MaxPooling2D()))))
    let values = output.toArray()
    #expect(values[0].isNaN && values[1].isNaN)
    #expect(Array(values[2...]) == [.infinity, 7])
  }
}
