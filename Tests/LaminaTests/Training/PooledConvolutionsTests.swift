import Testing

@testable import Lamina

@Suite struct PooledConvolutionsTests {
  /// Which layers are trained together with the one behind them.
  private func pairs(_ model: Model) throws -> [String] {
    let (graph, _) = try model.built()
    let pooled = PooledConvolutions(graph)
    return graph.nodes.indices.compactMap { index in
      pooled.pairs[index].map { "\(graph.nodes[index].name)+\(graph.nodes[$0.poolingIndex].name)" }
    }
  }

  /// - Parameter apart: whether something lies between convolution and pooling.
  private func convnet(apart: Bool = false) throws -> Sequential {
    try Sequential(seed: 4) {
      Conv2D(5, kernelSize: 3, activation: .relu, inputShape: [14, 14, 1], name: "narrow")
      if apart { Activation(.linear) }
      MaxPooling2D()
      Conv2D(4, kernelSize: [2, 7], padding: .same, name: "wide")
      if apart { Activation(.linear) }
      MaxPooling2D(poolSize: [2, 3])
      Flatten()
      Dense(3)
    }
  }

  @Test func outputsThatOnlyAPoolingReadsHaveNoMemory() throws {
    let (graph, _) = try convnet().built()
    let pooled = PooledConvolutions(graph)
    #expect(pooled.tensorCounts == [196, 0, 180, 0, 24, 24, 3])
    #expect(pooled.isPooling == [false, true, false, true, false, false])
    // A byte for each pooled output.
    #expect(graph.nodes.indices.map { pooled.stateCount(graph, $0) } == [45, 0, 6, 0, 0, 0])
  }

  @Test func outputsThatSomebodyElseReadsStay() throws {
    let input = Input([8, 8, 2])
    let shared = Conv2D(4, kernelSize: 3, activation: .relu, name: "shared")(input)
    let alone = Conv2D(4, kernelSize: 3, activation: .relu, name: "alone")(input)
    let given = Conv2D(4, kernelSize: 3, activation: .relu, name: "given")(input)
    let outputs = [
      Flatten()(MaxPooling2D()(shared)), Flatten()(shared),
      Flatten()(MaxPooling2D(name: "pooling")(alone)), MaxPooling2D()(given), given,
    ]
    #expect(try pairs(Model(inputs: [input], outputs: outputs)) == ["alone+pooling"])
  }

  @Test func otherActivationsAndPoolingsStay() throws {
    let model = try Sequential {
      Conv2D(4, kernelSize: 3, activation: .tanh, inputShape: [20, 20, 2])
      MaxPooling2D()
      Conv2D(4, kernelSize: 3, activation: .relu)
      MaxPooling2D(poolSize: 2, strides: 1)
      Conv2D(4, kernelSize: 3, activation: .relu)
      AveragePooling2D(poolSize: 2)
    }
    #expect(try pairs(model).isEmpty)
  }

  @Test(arguments: [false, true])
  func gradientsAreThoseOfLayersApart(isFrozen: Bool) throws {
    let data = try numbers(5, [14, 14, 1], targets: [3])
    let trials = try [false, true].map { apart in
      let model = try convnet(apart: apart)
      try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
      try model.shakeWeights()
      #expect(try pairs(model).count == (apart ? 0 : 2))
      for place in try model.built().graph.layers where place.name == "wide" {
        place.layer.trainable = !isFrozen
      }
      let trial = try ModelTrial(model, data)
      trial.trainer.plan.gradients.fill(0)
      trial.loss()
      trial.trainer.backward(rows: 5)
      return trial
    }
    #expect(trials[0].outputs == trials[1].outputs)
    for name in ["narrow/kernel", "narrow/bias", "wide/kernel", "wide/bias"] {
      let (gradient, expected) = try (trials[0].gradient(of: name), trials[1].gradient(of: name))
      expectClose(gradient, expected, absolute: 1e-5, name)
      #expect(expected.contains { $0 != 0 } != (isFrozen && name.hasPrefix("wide")))
    }
  }

  @Test func layerInTwoPlacesIsPooledInEach() throws {
    let input = Input([9, 9, 2])
    let layer = Conv2D(3, kernelSize: 2, activation: .relu)
    let (a, b) = (Activation(.tanh)(input), Activation(.sigmoid)(input))
    let pooled = Concatenate()(MaxPooling2D()(layer(a)), MaxPooling2D()(layer(b)))
    let model = try Model(inputs: [input], outputs: [Dense(2)(Flatten()(pooled))], seed: 2)
    #expect(try pairs(model).count == 2)
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    try model.shakeWeights()
    try ModelTrial(model, numbers(5, [9, 9, 2], targets: [2])).expectGradients(step: 1e-3)
  }

  @Test func trainingsAreTheSameToTheBitOnAnyNumberOfThreads() throws {
    let data = try pictures(70, size: 14)
    let weights = try [1, 2, 3].map { threadCount in
      let model = try convnet()
      try model.compile(
        optimizer: .adam(learningRate: 0.01),
        loss: .sparseCategoricalCrossentropy(fromLogits: true))
      model.threadCount = threadCount
      try model.fit(data, batchSize: 32, epochs: 2)
      return model.weightBits
    }
    #expect(weights[1] == weights[0] && weights[2] == weights[0])
  }
}
