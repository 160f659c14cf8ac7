import Testing

@testable import Lamina

/// Whole trainings beside Keras's: the same weights and batches to begin with,
/// 50 steps or so.
@Suite(.kerasParity("models")) struct ModelParityTests {
  @Test(arguments: try KerasFixture.classNames(of: "models"))
  func weightsHistoryAndPredictionsAreKerass(name: String) throws {
    let cases = try KerasFixture("models", name).cases
    #expect(!cases.isEmpty)
    for golden in cases where !Self.isMissing(golden) { try ModelComparison(golden).run() }
  }

  /// What `fit` lacks.
  private static func isMissing(_ golden: KerasFixture.Case) -> Bool {
    ["validation_steps", "validation_freq"].contains { golden.json["training"]?[$0] != nil }
  }

  @Test func fewCasesAreLeftOut() throws {
    let left = try KerasFixture("models", "Data").cases.filter(Self.isMissing).map(\.name)
    #expect(left == ["validation steps", "each second epoch", "some epochs"])
  }
}

/// One training.
private struct ModelComparison {
  /// Rounding errors grow from step to step.
  private static let weights = KerasComparison.Bound(absolute: 1e-4, relative: 0)
  /// Losses and metrics follow from such weights.
  private static let scores = KerasComparison.Bound(absolute: 1e-5, relative: 1e-5)

  let golden: KerasFixture.Case
  let model: Model
  private let training: JSON
  private let data: Dataset

  init(_ golden: KerasFixture.Case) throws {
    let configuration = try #require(golden.json["config"])
    self.golden = golden
    model = try Model.make(configuration: configuration.stringValue ?? configuration.text)
    training = try #require(golden.json["training"])
    data = try Dataset(
      name: golden.name, inputs: golden.numbered("input").map { try Samples(fixture: $0) },
      targets: golden.numbered("target").map { try Samples(fixture: $0) },
      sampleWeights: golden.tensors["sample_weight"]?.floats)
  }

  func run() throws {
    #expect(model.variableNames == golden.suffixes(of: "before/"), "\(golden.name)")
    try setWeights("before/")
    try compile()
    let history = try fit()
    for name in golden.suffixes(of: "after/") {
      golden.expect(
        "after/" + name, try #require(model.values(of: name)).elements, within: Self.weights)
    }
    try compare(history)
    let evaluation = try model.evaluate(data, batchSize: batchSize)
    try compare(evaluation)
    try setWeights("after/")
    try comparePredictions()
  }

  private func setWeights(_ prefix: String) throws {
    for name in golden.suffixes(of: prefix) {
      let tensor = try golden.tensor(prefix + name)
      try model.setValues(
        of: name, to: Tensor(shape: Shape(tensor.shape), elements: tensor.floats))
    }
  }

  /// By output, or, in the trainings about data, for the only one.
  private func compile() throws {
    var outputs: [String: OutputTraining] = [:]
    for name in model.outputNames {
      let loss = training["losses"]?[name] ?? training["loss"]
      let metrics = training["losses"] == nil ? training["metrics"] : training["metrics"]?[name]
      outputs[name] = OutputTraining(
        loss: try LossRegistry.make(try #require(loss)),
        weight: training["loss_weights"]?[name]?.numberValue ?? 1,
        metrics: try makeMetrics(metrics),
        weightedMetrics: try makeMetrics(training["weighted_metrics"]))
    }
    let optimizer = try OptimizerRegistry.make(try #require(training["optimizer"]))
    try model.compile(optimizer: optimizer, outputs: outputs)
  }

  private func makeMetrics(_ names: JSON?) throws -> [any Metric] {
    try (names?.arrayValue ?? []).map { try MetricRegistry.make($0) }
  }

  /// Keras's: 32, or what makes as many batches as an epoch has.
  private var batchSize: Int {
    if let size = training["batch_size"]?.integerValue { return size }
    guard let steps = training["steps_per_epoch"]?.integerValue else { return 32 }
    return (data.count + steps - 1) / steps
  }

  private func fit() throws -> History {
    var classWeights: [Int: Float] = [:]
    if case .object(let members)? = training["class_weight"] {
      for member in members {
        let label = try #require(Int(member.key))
        classWeights[label] = Float(try #require(member.value.numberValue))
      }
    }
    #expect(training["shuffle"] == .boolean(false))
    return try model.fit(
      data, batchSize: batchSize, epochs: try #require(training["epochs"]?.integerValue),
      initialEpoch: training["initial_epoch"]?.integerValue ?? 0,
      stepsPerEpoch: training["steps_per_epoch"]?.integerValue, validation: try validation(),
      validationSplit: training["validation_split"]?.numberValue ?? 0,
      classWeights: classWeights, shuffle: false)
  }

  private func validation() throws -> Dataset? {
    guard let input = golden.tensors["validation_input_0"] else { return nil }
    return try Dataset(
      inputs: [Samples(fixture: input)],
      targets: [Samples(fixture: golden.tensor("validation_target_0"))],
      sampleWeights: golden.tensors["validation_weight"]?.floats)
  }

  private func compare(_ history: History) throws {
    guard case .object(let members)? = golden.json["history"] else {
      Issue.record("\(golden.testDescription): no history")
      return
    }
    let names = history.epochs.first?.values.map(\.name) ?? []
    #expect(names.sorted() == members.map(\.key).sorted(), "\(golden.name)")
    if let epochs = golden.json["epochs"]?.arrayValue {
      #expect(history.epochs.map(\.epoch) == epochs.compactMap(\.integerValue), "\(golden.name)")
    }
    for member in members {
      let keras = try #require(member.value.arrayValue).compactMap(\.numberValue)
      golden.expect(
        "history/" + member.key, history[member.key].map { Float($0) },
        keras: keras.map { Float($0) }, within: Self.scores)
    }
  }

  private func compare(_ evaluation: Evaluation) throws {
    guard case .object(let members)? = golden.json["evaluation"] else {
      Issue.record("\(golden.testDescription): no evaluation")
      return
    }
    #expect(evaluation.values.map(\.name).sorted() == members.map(\.key).sorted())
    for member in members {
      golden.expect(
        "evaluation/" + member.key, [Float(evaluation[member.key] ?? .nan)],
        keras: [Float(try #require(member.value.numberValue))], within: Self.scores)
    }
  }

  private func comparePredictions() throws {
    let inputs = try golden.numbered("input").map {
      try Tensor(shape: Shape($0.shape), elements: $0.floats)
    }
    for (index, prediction) in try model.predict(inputs).enumerated() {
      golden.expect("prediction_\(index)", prediction.elements)
    }
  }
}
