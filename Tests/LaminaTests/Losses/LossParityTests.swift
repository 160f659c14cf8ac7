import Testing

@testable import Lamina

@Suite(.kerasParity("losses")) struct LossParityTests {
  @Test(arguments: [
    "BinaryCrossentropy", "CategoricalCrossentropy", "Hinge", "Huber", "KLDivergence",
    "MeanAbsoluteError", "MeanSquaredError", "SparseCategoricalCrossentropy",
  ])
  func lossesAndGradientsAreKerass(_ className: String) throws {
    let cases = try KerasFixture("losses", className).cases
    #expect(cases.count > 10)
    for golden in cases {
      let evaluated = try EvaluatedLoss(
        loss(of: golden), targets: Samples(fixture: golden.tensor("targets")),
        predictions: Samples(fixture: golden.tensor("predictions")), wantsGradient: true)
      golden.expect("each", evaluated.losses)
      let total = try evaluated.reduced(weights: golden.tensors["weights"]?.floats)
      golden.expect("total", [Float(total)])
      golden.expect("gradient", evaluated.gradient)
    }
  }

  @Test func everyFixtureIsTested() throws {
    #expect(
      try KerasFixture.classNames(of: "losses") == [
        "BinaryCrossentropy", "CategoricalCrossentropy", "Hinge", "Huber", "KLDivergence",
        "MeanAbsoluteError", "MeanSquaredError", "SparseCategoricalCrossentropy",
      ])
  }

  /// Keras does not write Huber's delta into the configuration; the case has it.
  private func loss(of golden: KerasFixture.Case) throws -> any Loss {
    let description = try #require(golden.json["loss"])
    guard let delta = golden.json["delta"] else { return try LossRegistry.make(description) }
    let reduction = try #require(description["config"]?["reduction"])
    return try LossRegistry.make(
      .described("Huber", [JSON.Member("delta", delta), JSON.Member("reduction", reduction)]))
  }
}

extension Samples {
  /// A fixture's tensor, whose first axis counts the samples.
  init(fixture tensor: FixtureTensor) throws {
    let shape = Shape(Array(tensor.shape.dropFirst()))
    let elements = tensor.integers.map { Elements.int32($0) } ?? .float32(tensor.floats)
    try self.init(elements, shape: shape, count: try #require(tensor.shape.first))
  }
}
