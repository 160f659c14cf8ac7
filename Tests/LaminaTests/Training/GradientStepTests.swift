import Testing

@testable import Lamina

@Suite struct GradientStepTests {
  @Test func computingThenApplyingIsAStep() throws {
    let data = try clusters(20)
    let (model, other) = (try compiledModel(), try compiledModel())
    for _ in 0..<4 {
      let step = try model.trainOnBatch(data)
      let (evaluation, gradients) = try other.computeGradients(of: data)
      #expect(evaluation.values == step.values)
      #expect(gradients.count == other.trainableParameterCount)
      try other.applyGradients(gradients)
      #expect(model.weightBits == other.weightBits)
    }
    #expect(other.stepCount == 4)
  }

  @Test func computingChangesNoParameter() throws {
    let model = try compiledModel()
    let before = model.weightBits
    let (_, first) = try model.computeGradients(of: clusters(20))
    let (_, second) = try model.computeGradients(of: clusters(20))
    #expect(first == second && first.contains { $0 != 0 })
    #expect(model.weightBits == before && model.stepCount == 0)
  }

  /// What several processes do with their shares of a batch.
  @Test func meanOfTheSharesGradientsIsTheBatchs() throws {
    let data = try clusters(30)
    let model = try compiledModel(dropout: 0)
    let (_, whole) = try model.computeGradients(of: data)
    let (_, first) = try model.computeGradients(of: data[0..<10])
    let (_, second) = try model.computeGradients(of: data[10..<30])
    expectClose(zip(first, second).map { ($0 + 2 * $1) / 3 }, whole, absolute: 1e-6)
  }

  @Test func frozenLayersHaveNoGradientAndStay() throws {
    let data = try clusters(20)
    let model = try compiledModel()
    _ = try model.computeGradients(of: data)
    let frozen = try #require(model.layerNames.first { $0.hasPrefix("dense") })
    try model.setTrainable(false, layer: frozen)
    let (_, gradients) = try model.computeGradients(of: data)
    let before = model.parameters
    try model.applyGradients([Float](repeating: 1, count: gradients.count))
    for place in model.variablePlaces {
      let isChanged = model.parameters[place.range] != before[place.range]
      #expect(isChanged == place.isTrained)
      if !place.isTrained { #expect(gradients[place.range].allSatisfy { $0 == 0 }) }
    }
  }

  @Test func clippingIsTheStepsAffair() throws {
    let data = try clusters(20)
    let (model, other) = (try compiledModel(), try compiledModel())
    for model in [model, other] {
      try model.compile(
        optimizer: SGD(learningRate: 1, clipping: .globalNorm(0.01)),
        loss: .sparseCategoricalCrossentropy(fromLogits: true))
    }
    try model.trainOnBatch(data)
    let (_, gradients) = try other.computeGradients(of: data)
    #expect(gradients.reduce(0) { $0 + $1 * $1 } > 0.01)
    try other.applyGradients(gradients)
    #expect(model.weightBits == other.weightBits)
  }

  @Test func stepFollowsTheModel() throws {
    let model = try compiledModel()
    let ones = [Float](repeating: 1, count: model.trainableParameterCount)
    try model.applyGradients(ones)
    // A session holds the old weights, so that the next step works on others.
    let session = try Session(model)
    let before = model.parameters
    try model.applyGradients(ones)
    #expect(model.parameters != before)
    withExtendedLifetime(session) {}
    try model.compile(optimizer: SGD(learningRate: 0), loss: .meanSquaredError())
    let compiled = model.parameters
    try model.applyGradients(ones)
    #expect(model.parameters == compiled)
    expectError(.invalidArgument, "gradients, got 1") { try model.applyGradients([1]) }
  }

  @Test func withinATrainingBothAreBusy() throws {
    let model = try compiledModel()
    var kinds: [LaminaError.Kind] = []
    try model.fit(clusters(20)) { _ in
      for step in [
        { try model.applyGradients([]) }, { _ = try model.computeGradients(of: clusters(4)) },
        { try model.setSeed(3) }, { try model.setTrainable(true, layer: "dense") },
      ] {
        do { try step() } catch let error as LaminaError { kinds.append(error.kind) } catch {}
      }
      return .stop
    }
    #expect(kinds.contains(.busy) && kinds.allSatisfy { $0 == .busy || $0 == .invalidArgument })
  }
}
