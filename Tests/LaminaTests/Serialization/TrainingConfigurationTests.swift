import Testing

@testable import Lamina

@Suite struct TrainingConfigurationTests {
  private let classes =
    #"{"class_name": "SparseCategoricalCrossentropy", "config": {"from_logits": true}}"#

  @Test func trainingIsThatOfTheSameCompilation() throws {
    let data = try clusters(40)
    let (model, other) = (try compiledModel(), try compiledModel())
    try model.compile(
      configuration: """
        {"optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.01}},
         "loss": \(classes), "metrics": ["accuracy"]}
        """)
    #expect(try model.fit(data, epochs: 3) == other.fit(data, epochs: 3))
    #expect(model.weightBits == other.weightBits)
  }

  @Test(arguments: [
    #"{"kind": LOSS, "amount": "mse"}"#, #"[LOSS, "mse"]"#,
  ])
  func outputsAreNamedOrListed(loss: String) throws {
    let data = try branchedData(30)
    let (model, other) = (try branchedModel(), try branchedModel())
    let losses = String(loss.split(separator: "LOSS", maxSplits: 1)[0])
    let rest = String(loss.split(separator: "LOSS", maxSplits: 1)[1])
    try model.compile(
      configuration: """
        {"optimizer": "adam", "loss": \(losses)\(classes)\(rest),
         "loss_weights": {"amount": 0.3},
         "metrics": {"kind": "accuracy", "amount": ["mae"]}}
        """)
    try other.compile(
      optimizer: .adam(),
      outputs: [
        "kind": OutputTraining(
          loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy]),
        "amount": OutputTraining(loss: .meanSquaredError(), weight: 0.3, metrics: [.mae]),
      ])
    #expect(try model.fit(data) == other.fit(data))
    #expect(model.weightBits == other.weightBits)
  }

  @Test func kerasDefaultsAreTaken() throws {
    let model = try compiledModel()
    try model.compile(configuration: #"{"loss": "mse", "jit_compile": "auto"}"#)
    #expect(model.training?.optimizer.className == "RMSprop")
    #expect(try model.metricNames == ["loss"])
  }

  @Test func figuresAreNamedBeforeAnyDataAreThere() throws {
    let model = try branchedModel()
    try model.compileBranches()
    let data = try branchedData(20)
    #expect(try model.metricNames == model.evaluate(data).values.map { $0.name })
    expectError(.invalidArgument, "compile") { _ = try branchedModel().metricNames }
  }

  @Test func wrongSettingsAreNamed() throws {
    let model = try branchedModel()
    let cases: [(String, LaminaError.Kind, String)] = [
      (#"{"loss": ["mse"]}"#, .format, "a list of 2"),
      (#"{"loss": {"size": "mse"}}"#, .invalidArgument, "expected kind, amount"),
      (#"{"loss": "mse", "loss_weights": 2}"#, .format, "for 2 outputs"),
      (#"{"loss": "mse", "loss_weights": {"kind": "x"}}"#, .format, "finite numbers"),
      (#"{"loss": "mse", "metrics": ["mae"]}"#, .format, "a list of 2"),
      (#"{"loss": {"kind": null}}"#, .invalidArgument, "a loss for one output at least"),
      (#"{"loss": "mse", "steps_per_execution": 4}"#, .unsupported, "known: 1"),
      (#"{"loss": "mse", "optimiser": "adam"}"#, .unsupported, "unknown \"optimiser\""),
    ]
    for (text, kind, fragment) in cases {
      expectError(kind, fragment) { try model.compile(configuration: text) }
    }
    #expect(model.training == nil)
  }
}
