/// What an epoch gave: the loss, the metrics, then those of the validation data
/// with "val_" before their names.
public struct EpochResult: Equatable, Sendable {
  /// From 0, counted over all trainings of the model.
  public let epoch: Int
  public let values: [NamedValue]

  /// The value of that name; nil where there is none.
  public subscript(name: String) -> Double? { values[name] }
}

/// The epochs of one `fit`.
public struct History: Equatable, Sendable {
  public internal(set) var epochs: [EpochResult] = []

  /// One value an epoch, such as `history["accuracy"]`.
  public subscript(name: String) -> [Double] { epochs.compactMap { $0[name] } }
}

/// What an evaluation gave: the loss, then the metrics.
public struct Evaluation: Equatable, Sendable {
  /// How many samples it is about.
  public let sampleCount: Int
  public let values: [NamedValue]

  public var loss: Double { values["loss"] ?? .nan }

  /// The value of that name; nil where there is none.
  public subscript(name: String) -> Double? { values[name] }
}

public struct NamedValue: Equatable, Sendable {
  public let name: String
  public let value: Double
}

extension [NamedValue] {
  subscript(name: String) -> Double? {
    for value in self where value.name == name { return value.value }
    return nil
  }
}
