import Testing

@testable import Lamina

@Suite struct SequentialTests {
  @Test func builderTakesControlFlow() throws {
    func model(deep: Bool, wide: Bool) throws -> Sequential {
      try Sequential {
        Flatten(inputShape: [2, 2])
        if deep {
          Dense(4)
          Dense(4)
        }
        for units in [3, 2] {
          Dense(units)
          Dropout(0.1)
        }
        if wide { Dense(100) } else { Dense(1) }
      }
    }
    #expect(
      try model(deep: true, wide: true).layers.map { $0.className }
        == ["Flatten", "Dense", "Dense", "Dense", "Dropout", "Dense", "Dropout", "Dense"])
    #expect(try model(deep: false, wide: true).outputShape == [100])
    #expect(try model(deep: false, wide: false).outputShape == [1])
    #expect(try model(deep: false, wide: false).layers.count == 6)
  }

  @Test func errorsLeaveTheBuilder() {
    expectError(.unsupported, "swoosh") {
      _ = try Sequential { () throws(LaminaError) in
        Dense(3, activation: try ActivationFunction(named: "swoosh"))
      }
    }
  }

  @Test func knownInputBuildsAtOnce() throws {
    let model = try smallModel()
    #expect(model.inputShape == [4] && model.outputShape == [3])
    #expect(model.parameterCount == 4 * 8 + 8 + 8 * 3 + 3)
    #expect(model.className == "Sequential" && model.name == "sequential")
  }

  @Test func unknownInputBuildsLater() throws {
    let model = try Sequential(name: "later") { Dense(3) }
    #expect(model.inputShape == nil && model.outputShape == nil)
    #expect(model.parameterCount == 0 && model.variableNames.isEmpty)
    try model.build(inputShape: [5])
    #expect(model.variableNames == ["dense/kernel", "dense/bias"])
    try model.build(inputShape: [5])
    expectError(.invalidArgument, "later: expected samples of shape [5], got [6]") {
      try model.build(inputShape: [6])
    }
  }

  @Test func laterBuildGivesTheSameWeights() throws {
    let now = try Sequential(seed: 4) { Dense(3, inputShape: [5]) }
    let later = try Sequential(seed: 4) { Dense(3) }
    try later.build(inputShape: [5])
    #expect(now.weightBits == later.weightBits)
  }

  @Test func layersThatDoNotFitAreErrors() {
    expectError(.invalidArgument, "dense: expected an input of at least one axis") {
      _ = try Sequential { Dense(3, inputShape: []) }
    }
    let layer = Dense(4)
    expectError(.invalidArgument, "the same Dense stands twice") {
      _ = try Sequential([Input([4]), layer, layer])
    }
  }

  @Test func modelWithoutLayersIsNotBuilt() throws {
    let model = try Sequential {}
    #expect(model.layers.isEmpty)
    expectError(.invalidArgument, "not built") { _ = try model.encoded() }
  }
}
