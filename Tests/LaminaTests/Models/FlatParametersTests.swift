import Testing

@testable import Lamina

@Suite struct FlatParametersTests {
  private func model() throws -> Sequential {
    let model = try Sequential(seed: 1) {
      Dense(3, inputShape: [2])
      BatchNormalization()
      Dense(1)
    }
    try model.compile(optimizer: .adam(), loss: .meanSquaredError())
    return model
  }

  @Test func placesFindEachVariable() throws {
    let model = try model()
    let parameters = model.parameters
    #expect(parameters.count == model.parameterCount)
    #expect(model.variablePlaces.map { $0.name } == model.variableNames)
    for place in model.variablePlaces {
      #expect(Array(parameters[place.range]) == model.values(of: place.name)?.elements)
      #expect(place.isTrainable == (place.range.lowerBound < model.trainableParameterCount))
    }
    let covered = model.variablePlaces.flatMap { Array($0.range) }.sorted()
    #expect(covered == Array(0..<model.parameterCount))
  }

  @Test func parametersComeBackAsTheyWere() throws {
    let (model, other) = (try model(), try model())
    try other.setParameters([Float](repeating: 0.5, count: other.parameterCount))
    #expect(model.weightBits != other.weightBits)
    try other.setParameters(model.parameters)
    #expect(model.weightBits == other.weightBits)
    expectError(.invalidArgument, "expected \(other.parameterCount) parameters, got 1") {
      try other.setParameters([1])
    }
  }

  @Test func sessionsKeepTheirWeights() throws {
    let model = try model()
    let session = try Session(model)
    let sample = try Tensor(shape: [1, 2], elements: [1, 2])
    let before = try session.predict(sample)
    try model.setParameters(model.parameters.map { $0 + 1 })
    #expect(try session.predict(sample) == before)
    #expect(try Session(model).predict(sample) != before)
  }

  @Test func frozenLayersAreSaidToBeFrozen() throws {
    let model = try model()
    try model.setTrainable(false, layer: "dense")
    #expect(
      model.variablePlaces.map { $0.isTrained }
        == model.variablePlaces.map { $0.isTrainable && !$0.name.hasPrefix("dense/") })
    expectError(.invalidArgument, "no layer \"nothing\"", "dense_1") {
      try model.setTrainable(true, layer: "nothing")
    }
  }
}
