import Testing

@testable import Lamina

/// What passes through a layer is not copied; gradients are right all the same.
@Suite struct SharedTensorsTests {
  private func shared(_ model: Model) throws -> (Graph, SharedTensors) {
    let (graph, _) = try model.built()
    let hasLoss = graph.outputs.map { _ in true }
    return (graph, SharedTensors(graph, GradientRoutes(graph, hasLoss: hasLoss)))
  }

  private func expectGradients(_ input: Input, _ outputs: [SymbolicTensor]) throws {
    let model = try Model(inputs: [input], outputs: outputs, seed: 2)
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    try model.shakeWeights()
    let targets = try model.outputShapes.map { try #require($0.checkedElementCount) }
    try ModelTrial(model, numbers(5, input.shape, targets: targets)).expectGradients()
  }

  @Test func chainOfPassThroughsIsOneTensor() throws {
    let model = try Sequential {
      Dense(8, activation: .tanh, inputShape: [4])
      Reshape([2, 4])
      Dropout(0)
      Activation(.linear)
      Flatten()
      Dense(3)
    }
    let (graph, tensors) = try shared(model)
    #expect(tensors.values == [0, 1, 1, 1, 1, 1, 6])
    #expect(tensors.gradients == tensors.values)
    #expect(SharedTensors.counts(tensors.values, graph.tensorCounts) == [4, 8, 0, 0, 0, 0, 3])
  }

  @Test func layersThatComputeKeepTheirTensors() throws {
    let model = try Sequential {
      Flatten(inputShape: [2, 2])
      Dropout(0.5)
      Activation(.relu)
    }
    let (_, tensors) = try shared(model)
    #expect(tensors.values == [0, 0, 2, 3])
  }

  @Test func gradientBesideAnotherIsNotShared() throws {
    let input = Input([4])
    let hidden = Dense(4, activation: .tanh)(input)
    let model = try Model(inputs: [input], outputs: [Add()(Flatten()(hidden), hidden)])
    let (graph, tensors) = try shared(model)
    let flatten = try #require(graph.nodes.first { $0.layer is Flatten })
    #expect(tensors.values[flatten.output] == flatten.inputs[0])
    #expect(tensors.gradients[flatten.output] == flatten.output)
    #expect(!tensors.passesGradient(flatten))
  }

  @Test func inputsThatOtherLayersUseTooGetAllGradients() throws {
    let input = Input([4, 4, 1])
    let image = Conv2D(2, kernelSize: 2, activation: .tanh)(input)
    let (flat, mean) = (Flatten()(image), GlobalAveragePooling2D()(image))
    try expectGradients(input, [Dense(2)(flat), Dense(2)(mean)])
    try expectGradients(input, [Dense(2)(Concatenate()(mean, Dense(3)(flat), flat))])
    try expectGradients(input, [Dense(2)(Concatenate()(flat, flat, Dense(3)(flat)))])
  }

  @Test func sharedLayerPassesSeveralTensorsThrough() throws {
    let input = Input([4])
    let flatten = Flatten()
    let (a, b) = (Dense(3, activation: .tanh)(input), Dense(3, activation: .sigmoid)(input))
    try expectGradients(input, [Dense(2)(Multiply()(flatten(a), flatten(b), flatten(a)))])
  }

  @Test func bothSidesMayBeOutputs() throws {
    let input = Input([4])
    let hidden = Dense(3, activation: .tanh)(input)
    let flat = Flatten()(hidden)
    try expectGradients(input, [hidden, flat, Dense(2)(flat)])
    try expectGradients(input, [flat, hidden])
    try expectGradients(input, [Flatten()(input), Dense(2)(Reshape([4])(input))])
  }

  @Test func gradientsMayBeOverwrittenOnTheirWay() throws {
    let input = Input([4])
    let hidden = Activation(.tanh)(Reshape([2, 2])(Dense(4, activation: .softmax)(input)))
    try expectGradients(input, [Dense(2, activation: .tanh)(Flatten()(hidden))])
  }
}
