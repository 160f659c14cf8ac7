import Testing

@testable import Lamina

/// The gradients of networks that are no chains are slopes.
@Suite struct GradientRoutesTests {
  /// - Parameter outputs: the network's outputs, of so many numbers.
  private func expectGradients(
    _ input: Input, _ outputs: [(tensor: SymbolicTensor, count: Int)], rows: Int = 5,
    maximumRows: Int? = nil, unreached: Set<String> = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try Model(inputs: [input], outputs: outputs.map { $0.tensor }, seed: 2)
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    try model.shakeWeights()
    let batch = try numbers(rows, input.shape, targets: outputs.map { $0.count })
    try ModelTrial(model, batch, maximumRows: maximumRows)
      .expectGradients(unreached: unreached, sourceLocation: sourceLocation)
  }

  @Test func branchesAreAddedUp() throws {
    let input = Input([4])
    let hidden = Dense(3, activation: .tanh)(input)
    let branches = (0..<3).map { _ in Dense(3, activation: .tanh)(hidden) }
    try expectGradients(input, [(Dense(2)(Concatenate()(branches + [hidden])), 2)])
  }

  @Test func sharedLayersAddUpTheirCalls() throws {
    let input = Input([4])
    let shared = Dense(4, activation: .tanh)
    let thrice = shared(shared(shared(input)))
    try expectGradients(input, [(Dense(2)(Add()(thrice, shared(input))), 2)])
  }

  @Test func sharedLayersWithoutGradientsAtOneCallAreTrainedByTheOther() throws {
    let input = Input([4])
    let (shared, frozen) = (Dense(4, activation: .tanh), Dense(4, activation: .sigmoid))
    frozen.trainable = false
    try expectGradients(input, [(frozen(shared(frozen(shared(input)))), 4)])
  }

  @Test func sameTensorMayEnterALayerTwice() throws {
    let input = Input([4])
    let hidden = Dense(4, activation: .tanh)(input)
    let sum = Add()(hidden, hidden, hidden)
    let product = Multiply()(sum, hidden, sum)
    let both = Concatenate()(product, product, hidden)
    try expectGradients(input, [(Dense(2)(Average()(both, both)), 2)])
  }

  @Test func outputsAreTrainedTogether() throws {
    let input = Input([4])
    let hidden = Dense(4, activation: .tanh)(input)
    try expectGradients(
      input, [(Dense(2)(hidden), 2), (Dense(1, activation: .sigmoid)(hidden), 1)])
  }

  @Test func outputsMayFeedOtherLayers() throws {
    let input = Input([4])
    let hidden = Dense(4, activation: .tanh)(input)
    let scores = Dense(3)(hidden)
    try expectGradients(
      input, [(hidden, 4), (scores, 3), (Dense(2)(Add()(Dense(3)(scores), scores)), 2)])
  }

  @Test func sameTensorMayBeSeveralOutputs() throws {
    let input = Input([4])
    let hidden = Dense(3, activation: .tanh)(input)
    try expectGradients(input, [(hidden, 3), (hidden, 3), (Dense(2)(hidden), 2), (hidden, 3)])
  }

  @Test func inputsMayBeOutputs() throws {
    let input = Input([4])
    try expectGradients(input, [(input, 4), (Dense(2)(input), 2), (Dropout(0)(input), 4)])
  }

  @Test func smallerBatchesUseTheSameMemory() throws {
    let input = Input([4])
    let shared = Dense(4, activation: .tanh)
    let hidden = Add()(shared(shared(input)), input)
    try expectGradients(
      input, [(hidden, 4), (hidden, 4), (Dense(2)(hidden), 2)], rows: 3, maximumRows: 8)
  }

  @Test func layersOfEveryKindPassGradientsOn() throws {
    let input = Input([6, 6, 2])
    let normalized = BatchNormalization()(
      Conv2D(4, kernelSize: 3, padding: .same, useBias: false)(input))
    let branch = Conv2D(4, kernelSize: 3, padding: .same, activation: .tanh)(normalized)
    let residual = Activation(.tanh)(Add()(branch, normalized))
    let gate = GlobalAveragePooling2D(keepsDimensions: true)(residual)
    let gated = Multiply()(residual, Activation(.sigmoid)(gate))
    let pooled = AveragePooling2D(poolSize: 2)(gated)
    let vectors = LayerNormalization()(Reshape([9, 4])(pooled))
    let dropped = Dropout(0.3)(Flatten()(vectors))
    try expectGradients(input, [(Dense(2)(dropped), 2), (GlobalAveragePooling2D()(branch), 4)])
  }

  @Test func frozenLayersPassGradientsOn() throws {
    let input = Input([5, 5, 2])
    let convolution = Conv2D(3, kernelSize: 3, activation: .tanh)
    let (frozen, normalization) = (Conv2D(3, kernelSize: 2), BatchNormalization())
    frozen.trainable = false
    normalization.trainable = false
    let features = normalization(frozen(convolution(input)))
    try expectGradients(input, [(Dense(2)(Flatten()(features)), 2)])
  }

  @Test func regularizersCountOnceForSharedLayers() throws {
    let input = Input([4])
    let shared = Dense(
      4, activation: .tanh, kernelRegularizer: .l2(0.1), biasRegularizer: .l1l2(l1: 0, l2: 0.2))
    let model = try Model(inputs: [input], outputs: [shared(shared(input))])
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    try model.shakeWeights()
    let batch = try numbers(4, [4], targets: [4])
    let trial = try ModelTrial(model, batch)
    trial.expectGradients()
    let outputs = try model.predict(
      Tensor(shape: [4, 4], elements: batch.rows.flatMap { $0 })
    ).elements
    guard case .float32(let targets) = batch.targets[0].elements else { return }
    let error = zip(outputs, targets).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    func squares(_ name: String) throws -> Double {
      try #require(model.values(of: name)).elements.reduce(0.0) { $0 + Double($1 * $1) }
    }
    let penalty = 0.1 * (try squares("dense/kernel")) + 0.2 * (try squares("dense/bias"))
    expectClose(trial.loss(), error / 16 + penalty, relative: 1e-5)
  }

  @Test func outputsWithoutALossGiveNoGradient() throws {
    let model = try branchedModel()
    try model.compile(
      optimizer: .sgd(),
      outputs: ["kind": OutputTraining(loss: .sparseCategoricalCrossentropy(fromLogits: true))])
    try model.shakeWeights()
    try ModelTrial(model, branchedData(5))
      .expectGradients(unreached: ["amount/kernel", "amount/bias"])
  }

  @Test func lossWeightsScaleTheirOutputsGradients() throws {
    let model = try branchedModel()
    try model.compileBranches(amountWeight: 0.3)
    try model.shakeWeights()
    let trial = try ModelTrial(model, branchedData(5))
    trial.expectGradients()
    let gradient = try trial.gradient(of: "amount/kernel")
    try model.compileBranches(amountWeight: 0.6)
    let other = try ModelTrial(model, branchedData(5))
    other.loss()
    other.trainer.backward(rows: 5)
    expectClose(try other.gradient(of: "amount/kernel"), gradient.map { 2 * $0 })
  }
}
