/// What an epoch gave: the loss, the metrics, then those of the validation data
/// with "val_" before their names.
public struct EpochResult: Equatable, Sendable {
  /// From `fit`'s `initialEpoch` on.
  public let epoch: Int
  public internal(set) var values: [NamedValue]
  /// How many batches were trained with, and how many seconds the epoch took,
  /// its validation included.
  public let batchCount: Int
  public let seconds: Double
  /// How many of the values the training and its validation gave; those after
  /// them were added by callbacks.
  let measuredCount: Int

  init(epoch: Int, values: [NamedValue], batchCount: Int = 0, seconds: Double = 0) {
    self.epoch = epoch
    self.values = values
    self.batchCount = batchCount
    self.seconds = seconds
    measuredCount = values.count
  }

  /// Whether number and values are the same; times differ from run to run.
  public static func == (a: EpochResult, b: EpochResult) -> Bool {
    a.epoch == b.epoch && a.values == b.values
  }

  /// The value of that name; nil where there is none.
  public subscript(name: String) -> Double? { values[name] }

  /// Adds a value, or changes the one of that name.
  public mutating func set(_ name: String, to value: Double) {
    let value = NamedValue(name: name, value: value)
    if let index = values.firstIndex(where: { $0.name == name }) {
      values[index] = value
    } else {
      values.append(value)
    }
  }
}

/// The epochs of one `fit`.
public struct History: Equatable, Sendable {
  public internal(set) var epochs: [EpochResult] = []

  package init(epochs: [EpochResult] = []) {
    self.epochs = epochs
  }

  /// One value an epoch, such as `history["accuracy"]`.
  public subscript(name: String) -> [Double] { epochs.compactMap { $0[name] } }

  /// A list for each figure, as Keras's `History.history` has them, and "epoch"; null
  /// where an epoch lacks the figure or it is no finite number.
  package var json: JSON {
    guard !epochs.isEmpty else { return .object([]) }
    var names: [String] = []
    for value in epochs.flatMap({ $0.values }) where !names.contains(value.name) {
      names.append(value.name)
    }
    return .object(
      [JSON.Member("epoch", .array(epochs.map { .integer($0.epoch) }))]
        + names.map { name in
          let values = epochs.map { epoch -> JSON in
            guard let value = epoch[name], value.isFinite else { return .null }
            return .number(value)
          }
          return JSON.Member(name, .array(values))
        })
  }
}

/// What an evaluation gave: the loss, then the metrics.
public struct Evaluation: Equatable, Sendable {
  /// How many samples it is about.
  public let sampleCount: Int
  /// How many batches were computed, and how many seconds it took.
  public let batchCount: Int
  public let seconds: Double
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
