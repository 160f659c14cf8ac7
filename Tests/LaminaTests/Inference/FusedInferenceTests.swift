import Testing

@testable import Lamina

@Suite struct FusedInferenceTests {
  private static let functions: [ActivationFunction] = [
    .linear, .linear, .linear, .relu, .tanh, .softmax, .leakyRelu,
  ]

  private func expectLayersOutputs(
    _ model: Model, _ inputs: [MatrixView], _ place: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let expected = try model.outputsLayerByLayer(inputs)
    let outputs = try Session(model).outputs(inputs)
    for (output, expected) in zip(outputs, expected) {
      expectClose(
        output, expected, absolute: 2e-5, relative: 2e-5, place, sourceLocation: sourceLocation)
    }
  }

  /// A network of vectors, with branches and with layers that do nothing.
  private func randomNetwork(_ generator: inout SeededGenerator) throws -> Model {
    let inputs = [Input([5]), Input([3])]
    var tensors: [SymbolicTensor] = inputs
    for _ in 0..<Int.random(in: 3...14, using: &generator) {
      let x = tensors.suffix(4).randomElement(using: &generator) ?? inputs[0]
      let y = tensors.randomElement(using: &generator) ?? inputs[1]
      let function = Self.functions.randomElement(using: &generator) ?? .linear
      switch Int.random(in: 0..<9, using: &generator) {
      case 0, 1: tensors.append(Dense(Int.random(in: 1...20, using: &generator))(x))
      case 2: tensors.append(Dense(6, activation: function, useBias: false)(x))
      case 3: tensors.append(Activation(function)(x))
      case 4, 5: tensors.append(BatchNormalization()(x))
      case 6: tensors.append(Flatten()(Dropout(0.5)(x)))
      case 7: tensors.append(Concatenate()(x, y))
      default: tensors.append(Add()(Dense(4)(x), Dense(4)(y)))
      }
    }
    let outputs = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
      tensors.randomElement(using: &generator) ?? inputs[0]
    }
    return try Model(inputs: inputs, outputs: [tensors[tensors.count - 1]] + outputs)
  }

  @Test(arguments: 0..<200)
  func plansGiveWhatTheLayersGive(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let model = try randomNetwork(&generator)
    try model.drawWeights(&generator)
    let rows = [1, 3, 140].randomElement(using: &generator) ?? 1
    let inputs = model.inputShapes.map { shape in
      matrix(rows, shape.checkedElementCount ?? 0, from: &generator)
    }
    try expectLayersOutputs(model, inputs, "seed \(seed), \(rows) rows")
  }

  @Test(arguments: [false, true], ActivationFunction.all)
  func imagesAreNormalizedActivatedAndPooled(useBias: Bool, function: ActivationFunction) throws {
    var generator = SeededGenerator(seed: 2)
    let model = try Sequential {
      Conv2D(5, kernelSize: 3, padding: .same, useBias: useBias, inputShape: [8, 8, 2])
      BatchNormalization()
      Activation(function)
      MaxPooling2D()
      DepthwiseConv2D(kernelSize: 3, depthMultiplier: 2, useBias: useBias)
      BatchNormalization(scale: false)
      Activation(function)
      Conv2D(3, kernelSize: 2, activation: function, useBias: useBias)
      BatchNormalization(center: false)
      Activation(.relu)
      Flatten()
      Dense(4)
    }
    try model.drawWeights(&generator)
    for rows in [1, 7] {
      try expectLayersOutputs(
        model, [matrix(rows, 128, from: &generator)], "\(function), \(rows) rows")
    }
  }

  @Test func factorsThatAreNoNumbersAreNotFolded() throws {
    let model = try Sequential {
      Dense(2, useBias: false, inputShape: [2])
      BatchNormalization(epsilon: 0, name: "normal")
    }
    try model.setValues(of: "normal/moving_variance", to: Tensor(shape: [2], elements: [0, 4]))
    try model.setValues(of: "dense/kernel", to: Tensor(shape: [2, 2], elements: [0, 1, 1, 1]))
    let outputs = try Session(model).outputs([matrix([[3, 2], [3, 0]])])
    // 2 / sqrt(0) and 0 / sqrt(0), and what the second channel is.
    #expect(outputs[0][0] == .infinity && outputs[0][2].isNaN)
    expectClose([outputs[0][1], outputs[0][3]], [2.5, 1.5])
  }

  @Test func foldingLeavesTheModelsWeights() throws {
    var generator = SeededGenerator(seed: 3)
    let model = try Sequential {
      Dense(4, inputShape: [3])
      BatchNormalization()
    }
    try model.drawWeights(&generator)
    let before = try model.built().store.trainable.row.toArray()
    _ = try Session(model).outputs([matrix(2, 3, from: &generator)])
    #expect(try model.built().store.trainable.row.toArray() == before)
  }
}
