/// Which values of a monitored figure are better.
public enum MonitorMode: Sendable {
  /// As the metric of that name has it; smaller ones for "loss" and "val_loss".
  case auto
  case min
  case max
}

/// Compares the values of a figure over the epochs.
///
/// Differences are taken in double precision and compared in single precision,
/// as Keras does it: an improvement that float32 cannot show is none.
///
/// Source: keras/src/callbacks/monitor_callback.py
struct Monitor {
  /// The figure's name in an epoch's result, such as "val_loss".
  let name: String
  let mode: MonitorMode
  /// By how much a value must be better; its sign has no meaning.
  var minDelta = 0.0
  /// Known once a training has begun.
  var direction = MetricDirection.down

  init(_ name: String, mode: MonitorMode, minDelta: Double = 0) {
    self.name = name
    self.mode = mode
    self.minDelta = abs(minDelta)
    if mode == .max { direction = .up }
  }

  /// Finds out which values are better.
  ///
  /// - Parameter callback: whose monitor it is, for messages.
  /// - Throws: `.invalidArgument` where mode `auto` cannot know.
  mutating func resolve(_ training: Training, callback: String) throws(LaminaError) {
    guard mode == .auto else { return }
    guard let found = try training.direction(of: name) else {
      throw LaminaError(
        .invalidArgument,
        "\(callback): no metric is called \"\(name)\", so that nobody knows whether greater "
          + "values are better; known: \(try training.figureNames.joined(separator: ", ")), "
          + "for others say mode: .min or .max")
    }
    direction = found
  }

  /// Whether a value is better than another one; than none, any is.
  func isImprovement(_ value: Double, over reference: Double?) -> Bool {
    guard let reference else { return true }
    switch direction {
    case .down: return Float(value + minDelta) < Float(reference)
    case .up: return Float(value - minDelta) > Float(reference)
    }
  }

  /// The epoch's value.
  ///
  /// - Throws: `.invalidArgument` where there is none: Keras only warns, but
  ///   then the callback would never do anything.
  func value(in result: EpochResult, callback: String) throws(LaminaError) -> Double {
    if let value = result[name] { return value }
    var names = ""
    for value in result.values { names += (names.isEmpty ? "" : ", ") + value.name }
    throw LaminaError(
      .invalidArgument,
      "\(callback): the epoch has no \"\(name)\"; it has \(names)")
  }
}

extension Training {
  /// The figures whose direction is known, each also with "val_" before it.
  fileprivate var figureNames: [String] {
    get throws(LaminaError) {
      let outputs = try state.objective.outputs(of: model.built().graph, model: model.name)
      return ["loss"] + outputs.flatMap { ($0.metrics + $0.weightedMetrics).map { $0.name } }
    }
  }

  /// Which values of a figure are better, "val_" before its name or not; nil
  /// where no metric of that name is compiled. Several outputs' names are not
  /// looked at, as in Keras.
  func direction(of name: String) throws(LaminaError) -> MetricDirection? {
    let name =
      name.hasPrefix("val_") ? String(decoding: name.utf8.dropFirst(4), as: UTF8.self) : name
    var direction: MetricDirection? = name == "loss" ? .down : nil
    let outputs = try state.objective.outputs(of: model.built().graph, model: model.name)
    for output in outputs {
      for metric in output.metrics + output.weightedMetrics where metric.name == name {
        direction = metric.direction
      }
    }
    return direction
  }
}
