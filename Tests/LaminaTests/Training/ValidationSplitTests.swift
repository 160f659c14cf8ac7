import Testing

@testable import Lamina

@Suite struct ValidationSplitTests {
  @Test func lastSamplesValidate() throws {
    let data = try clusters(103)
    let (model, other) = (try compiledModel(), try compiledModel())
    let history = try model.fit(data, epochs: 2, validationSplit: 0.25)
    let expected = try other.fit(data[0..<77], epochs: 2, validation: data[77..<103])
    #expect(model.weightBits == other.weightBits)
    #expect(history["val_loss"] == expected["val_loss"])
    #expect(history["val_accuracy"].count == 2)
  }

  @Test func countsAreKerass() throws {
    let text = try KerasGoldens.text("models/validation_split.json")
    let cases = try #require(JSON(parsing: text)["cases"]?.arrayValue)
    #expect(cases.count > 50)
    for golden in cases {
      let samples = try #require(golden["samples"]?.integerValue)
      let fraction = try #require(golden["validation_split"]?.numberValue)
      let data = try Dataset(
        features: .uint8([UInt8](repeating: 1, count: samples)), sampleShape: [1],
        labels: [Int32](repeating: 1, count: samples))
      let model = try Sequential { Dense(3, inputShape: [1]) }
      try model.compile(
        optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
      var trained = 0
      let fit = {
        try model.fit(data, batchSize: 1, validationSplit: fraction) { event in
          guard case .epochBegan(let progress) = event else { return .goOn }
          trained = progress.batchCount ?? 0
          return .stop
        }
      }
      if let expected = golden["training"]?.integerValue {
        _ = try fit()
        #expect(trained == expected, "\(samples) samples, \(fraction)")
      } else {
        expectError(.invalidArgument, "data: ", "\(fraction)") {
          _ = try fit()
        }
      }
    }
  }

  @Test func fractionsThatAreNoneAreErrors() throws {
    for fraction in [1.0, -0.1, 2, .nan, .infinity] {
      expectError(.invalidArgument, "clusters: ", "\(fraction)", "below 1") {
        try compiledModel().fit(clusters(10), validationSplit: fraction)
      }
    }
  }

  @Test func validationDataThatAreGivenCount() throws {
    let data = try clusters(40)
    let (model, other) = (try compiledModel(), try compiledModel())
    let validation = try clusters(20, seed: 2)
    let history = try model.fit(data, validation: validation, validationSplit: 0.5)
    try other.fit(data)
    #expect(model.weightBits == other.weightBits)
    #expect(history["val_loss"][0] == (try other.evaluate(validation).loss))
  }

  @Test func weightsAndAllInputsAreSplitToo() throws {
    let pairs = try branchedData(20).weighted(by: (0..<20).map { Float($0) / 10 })
    let (model, other) = (try branchedModel(), try branchedModel())
    try model.compileBranches()
    try other.compileBranches()
    let history = try model.fit(pairs, batchSize: 4, validationSplit: 0.2)
    let expected = try other.fit(pairs[0..<16], batchSize: 4, validation: pairs[16..<20])
    #expect(model.weightBits == other.weightBits)
    #expect(history.epochs[0].values == expected.epochs[0].values)
    #expect(history["val_kind_accuracy"].count == 1)
  }
}
