/// Where a `fit` is: what a backup keeps besides the weights and the optimizer.
struct TrainingPosition {
  /// How many steps the optimizer had taken before this `fit`.
  var firstStep: Int
  /// The epoch that is under way or comes next, and how many of its batches are
  /// done.
  var epoch: Int
  var batch: Int
  /// Whether the epoch is under way, be it after its last batch.
  var isWithinEpoch: Bool
  var isStopped: Bool
  var source: BatchPosition
  /// The epoch's scores so far.
  var scores: [Double]
  var history: History
  var callbacks: [CallbackState]
}

/// Where a source of batches is.
struct BatchPosition: Equatable {
  /// The epoch that the samples' order is of.
  var epoch = 0
  /// How many samples, or batches of a stream, were taken of that order.
  var taken = 0
  /// How many batches the epoch has had.
  var stepsDone = 0
}

extension TrainingPosition {
  /// Without the callbacks' weights.
  var json: JSON {
    .object([
      JSON.Member("first_step", .integer(firstStep)),
      JSON.Member("epoch", .integer(epoch)),
      JSON.Member("batch", .integer(batch)),
      JSON.Member("is_within_epoch", .boolean(isWithinEpoch)),
      JSON.Member("is_stopped", .boolean(isStopped)),
      JSON.Member(
        "source",
        .object([
          JSON.Member("epoch", .integer(source.epoch)),
          JSON.Member("taken", .integer(source.taken)),
          JSON.Member("steps_done", .integer(source.stepsDone)),
        ])),
      JSON.Member("scores", .array(scores.map { .exactly($0) })),
      JSON.Member("history", .array(history.epochs.map { $0.json })),
      JSON.Member(
        "callbacks",
        .array(
          callbacks.map {
            .object([
              JSON.Member("values", .object($0.values)),
              JSON.Member("has_weights", .boolean($0.weights != nil)),
            ])
          })),
    ])
  }

  /// - Returns: the position, and for each callback whether its state has weights.
  /// - Throws: `.format`
  static func read(_ json: JSON) throws(LaminaError) -> (TrainingPosition, hasWeights: [Bool]) {
    let values = Configuration(json)
    let source = Configuration(values["source"] ?? .null)
    var position = TrainingPosition(
      firstStep: try values.count("first_step"), epoch: try values.count("epoch"),
      batch: try values.count("batch"),
      isWithinEpoch: try values.boolean("is_within_epoch", default: false),
      isStopped: try values.boolean("is_stopped", default: false),
      source: BatchPosition(
        epoch: try source.count("epoch"), taken: try source.count("taken"),
        stepsDone: try source.count("steps_done")),
      scores: [], history: History(), callbacks: [])
    for score in try values.list("scores") {
      guard let number = score.exactNumber else { throw values.wrong("scores", "numbers") }
      position.scores.append(number)
    }
    for epoch in try values.list("history") {
      position.history.epochs.append(try EpochResult(json: epoch))
    }
    var hasWeights: [Bool] = []
    for callback in try values.list("callbacks") {
      guard case .object(let members)? = callback["values"] else {
        throw values.wrong("callbacks", "objects with values")
      }
      position.callbacks.append(CallbackState(values: members))
      hasWeights.append(callback["has_weights"]?.booleanValue ?? false)
    }
    return (position, hasWeights)
  }
}

extension EpochResult {
  fileprivate var json: JSON {
    // Not the seconds: the same training gives the same bytes.
    .array([
      .integer(epoch), .integer(batchCount), .integer(measuredCount),
      .array(values.map { .array([.string($0.name), .exactly($0.value)]) }),
    ])
  }

  fileprivate init(json: JSON) throws(LaminaError) {
    guard let parts = json.arrayValue, parts.count == 4, let epoch = parts[0].integerValue,
      let batchCount = parts[1].integerValue, let measuredCount = parts[2].integerValue,
      let list = parts[3].arrayValue, measuredCount >= 0, measuredCount <= list.count
    else {
      throw LaminaError(.format, "expected an epoch and its values, got \(json.text)")
    }
    var values: [NamedValue] = []
    for value in list {
      guard let pair = value.arrayValue, pair.count == 2, let name = pair[0].stringValue,
        let number = pair[1].exactNumber
      else {
        throw LaminaError(.format, "expected a name and a number, got \(value.text)")
      }
      values.append(NamedValue(name: name, value: number))
    }
    self.init(
      epoch: epoch, values: Array(values.prefix(measuredCount)), batchCount: batchCount)
    self.values = values
  }
}

extension Configuration {
  fileprivate func list(_ key: String) throws(LaminaError) -> [JSON] {
    guard let list = self[key]?.arrayValue else { throw wrong(key, "a list") }
    return list
  }
}
