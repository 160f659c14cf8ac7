import Testing

@testable import Lamina

@Suite struct FunctionalModelTests {
  @Test func networkLeadsFromInputsToOutputs() throws {
    let model = try branchedModel()
    #expect(model.className == "Functional" && model.name == "branching")
    #expect(model.inputShapes == [[4], [4]] && model.outputShapes == [[3], [1]])
    #expect(model.inputNames == ["left", "right"])
    #expect(model.outputNames == ["kind", "amount"])
    #expect(model.parameterCount == 108)
    #expect(
      model.variableNames == [
        "shared/kernel", "shared/bias", "hidden/kernel", "hidden/bias", "kind/kernel", "kind/bias",
        "amount/kernel", "amount/bias",
      ])
  }

  @Test func chainIsTheSequentialOfItsLayers() throws {
    let input = Input([4])
    let hidden = Dropout(0.2)(Dense(8, activation: .relu)(Flatten()(input)))
    let model = try Model(inputs: [input], outputs: [Dense(3)(hidden)], seed: 1)
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    let sequential = try compiledModel(seed: 1)
    #expect(model.weightBits == sequential.weightBits)
    let data = try clusters(100)
    let history = try model.fit(data, epochs: 2)
    let expected = try sequential.fit(data, epochs: 2)
    #expect(history["loss"] == expected["loss"])
    #expect(model.weightBits == sequential.weightBits)
  }

  @Test func layersThatNoOutputDependsOnAreNoPart() throws {
    let input = Input([4])
    let shared = Dense(4, name: "shared")
    _ = Dense(9)(shared(shared(input)))
    let model = try Model(inputs: [input], outputs: [shared(input)])
    #expect(model.layers.map { $0.className } == ["InputLayer", "Dense"])
    #expect(try model.built().graph.nodes.count == 1)
  }

  @Test func inputsThatNoOutputDependsOnTakeSamples() throws {
    let (used, unused) = (Input([2], name: "used"), Input([3], name: "unused"))
    let model = try Model(inputs: [unused, used], outputs: [Flatten()(used)])
    #expect(model.inputNames == ["unused", "used"])
    let outputs = try model.predict([
      Tensor(shape: [1, 3], elements: [1, 2, 3]), Tensor(shape: [1, 2], elements: [4, 5]),
    ])
    #expect(outputs[0].elements == [4, 5])
  }

  @Test func inputsMustBeComplete() throws {
    let (first, second) = (Input([2]), Input([2]))
    let sum = Add()(first, second)
    expectError(.invalidArgument, "an Input that is not among the model's inputs") {
      _ = try Model(inputs: [first], outputs: [sum])
    }
    expectError(.invalidArgument, "an Input is listed twice") {
      _ = try Model(inputs: [first, first], outputs: [Flatten()(first)])
    }
    expectError(.invalidArgument, "inputs are made by Input(shape)") {
      _ = try Model(inputs: [sum], outputs: [Flatten()(sum)])
    }
    for (inputs, outputs) in [([], [sum]), ([first], [])] {
      expectError(.invalidArgument, "at least one input and one output") {
        _ = try Model(inputs: inputs, outputs: outputs)
      }
    }
  }

  @Test func layersThatCannotTakeTheirInputsAreNamed() {
    let (short, long) = (Input([2], name: "short"), Input([3], name: "long"))
    expectError(.invalidArgument, "sum: ") {
      _ = try Model(inputs: [short, long], outputs: [Add(name: "sum")(short, long)])
    }
    expectError(.invalidArgument, "add: expected 2 or more inputs, got 1") {
      _ = try Model(inputs: [short], outputs: [Add()(short)])
    }
    expectError(.invalidArgument, "dense: expected 1 input, got 2") {
      _ = try Model(inputs: [short, long], outputs: [Dense(2)(short, long)])
    }
    expectError(.invalidArgument, "dense: expected 1 input, got 0") {
      _ = try Model(inputs: [short], outputs: [Dense(2)([])])
    }
    expectError(.invalidArgument, "twice: a layer's name") {
      let first = Dense(2, name: "twice")(short)
      _ = try Model(inputs: [short], outputs: [Dense(2, name: "twice")(first)])
    }
  }

  @Test func networksMayShareTheirLayers() throws {
    let input = Input([4])
    let hidden = Dense(3, activation: .tanh, name: "hidden")(input)
    let whole = try Model(inputs: [input], outputs: [Dense(2, name: "end")(hidden)], seed: 5)
    let features = try Model(inputs: [input], outputs: [hidden], seed: 6)
    #expect(features.values(of: "hidden/kernel") != whole.values(of: "hidden/kernel"))
    try features.copyWeights(from: whole)
    #expect(features.values(of: "hidden/kernel") == whole.values(of: "hidden/kernel"))
    let samples = try Tensor(shape: [1, 4], elements: [1, -2, 3, 0.5])
    let both = try Model(inputs: [input], outputs: [hidden, Flatten()(hidden)])
    try both.copyWeights(from: features)
    #expect(try both.predict([samples])[1] == features.predict(samples))
  }

  @Test func modelsAreSavedAndLoaded() throws {
    let model = try branchedModel()
    try model.compileBranches()
    let data = try branchedData(30)
    try model.fit(data, epochs: 2)
    let again = try Model.load(encoded: model.encoded())
    #expect(again.weightBits == model.weightBits)
    #expect(again.configuration == model.configuration)
    try again.compileBranches()
    #expect(try again.evaluate(data).values == model.evaluate(data).values)
  }

  @Test func deepestSequentialsAreMade() throws {
    let model = try Sequential((0..<5000).map { _ in Dropout(0) } + [Flatten(inputShape: nil)])
    try model.build(inputShape: [2])
    #expect(try model.predict(Tensor(shape: [1, 2], elements: [1, 2])).elements == [1, 2])
  }
}
