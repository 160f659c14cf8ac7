import Testing

@testable import Lamina

/// What Keras's callbacks did, as Tests/Fixtures/keras/make/callbacks.py writes
/// and describes it.
enum CallbackTraces {
  static func cases(_ name: String) throws -> [JSON] {
    let json = try JSON(parsing: KerasGoldens.text("callbacks/\(name).json"))
    return try #require(json["cases"]?.arrayValue)
  }

  /// The model that stands in: one weight, and metrics whose names a monitor
  /// can have.
  static func model() throws -> Sequential {
    let model = try Sequential { Dense(1, useBias: false, inputShape: [1]) }
    let names = ["accuracy", "mae"].map { JSON.string($0) }
    let precision = try JSON(
      parsing: #"{"class_name":"Precision","config":{"name":"precision"}}"#)
    let metrics = try (names + [precision]).map { try MetricRegistry.make($0) }
    try model.compile(
      optimizer: .sgd(learningRate: 0.1), loss: .meanSquaredError(), metrics: metrics)
    return model
  }

  static func training(_ model: Model, epochs: Int = 100) throws -> Training {
    Training(
      model: model, state: try model.compiled(),
      progress: TrainingProgress(epochCount: epochs, epoch: 0, batchCount: nil), callbacks: [])
  }

  /// The result of an epoch; the loss is always there.
  static func result(_ epoch: Int, _ monitor: String, _ value: JSON) -> EpochResult {
    var result = EpochResult(epoch: epoch, values: [NamedValue(name: "loss", value: 1)])
    if let number = value.exactNumber { result.set(monitor, to: number) }
    return result
  }

  /// The series of the first fit and of the second, where there is one.
  static func series(_ trace: JSON) -> [[JSON]] {
    [trace["monitored"], trace["second"]].compactMap { $0?.arrayValue }
  }

  static func mode(_ config: JSON) -> MonitorMode {
    switch config["mode"]?.stringValue {
    case "min": .min
    case "max": .max
    default: .auto
    }
  }
}

extension JSON {
  var numbers: [Double] { arrayValue?.compactMap { $0.exactNumber } ?? [] }
  var integers: [Int] { arrayValue?.compactMap { $0.integerValue } ?? [] }
  var strings: [String] { arrayValue?.compactMap { $0.stringValue } ?? [] }
}
