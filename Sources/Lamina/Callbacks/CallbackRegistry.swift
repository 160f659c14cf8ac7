/// The callbacks that a configuration can name, by Keras's names for their settings.
package enum CallbackRegistry {
  private static let known =
    "BackupAndRestore, CSVLogger, EarlyStopping, ModelCheckpoint, ReduceLROnPlateau, "
    + "TerminateOnNaN"

  /// - Parameter text: a JSON list of `{"class_name": "EarlyStopping", "config": {…}}`
  ///   or names alone.
  /// - Throws: `.format` or `.unsupported`, saying what is wrong.
  package static func make(_ text: String) throws(LaminaError) -> [any Callback] {
    guard let list = try JSON(parsing: text).arrayValue else {
      throw LaminaError(.format, "expected a list of callbacks")
    }
    var callbacks: [any Callback] = []
    for json in list {
      let described = try DescribedObject(json)
      do throws(LaminaError) {
        callbacks.append(try make(described.className, described.configuration))
      } catch {
        throw error.at(described.className)
      }
    }
    return callbacks
  }

  private static func make(
    _ className: String, _ settings: Configuration
  ) throws(LaminaError) -> any Callback {
    switch className {
    case "BackupAndRestore": return try BackupAndRestore(configuration: settings)
    case "CSVLogger": return try CSVLogger(configuration: settings)
    case "EarlyStopping": return try EarlyStopping(configuration: settings)
    case "ModelCheckpoint": return try ModelCheckpoint(configuration: settings)
    case "ReduceLROnPlateau": return try ReduceLROnPlateau(configuration: settings)
    case "TerminateOnNaN":
      try settings.requireObject()
      return TerminateOnNaN()
    default:
      throw LaminaError(.unsupported, "no callback that is known; known: \(known)")
    }
  }
}

extension BackupAndRestore {
  fileprivate convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireObject(knowing: "path", "save_freq", "delete_checkpoint")
    self.init(
      path: try configuration.path("path"), saveFrequency: try configuration.saveFrequency(),
      deleteCheckpoint: try configuration.boolean("delete_checkpoint", default: true))
  }
}

extension CSVLogger {
  fileprivate convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireObject(knowing: "filename", "separator", "append")
    self.init(
      path: try configuration.path("filename"),
      separator: try configuration.string("separator", default: ","),
      append: try configuration.boolean("append", default: false))
  }
}

extension EarlyStopping {
  fileprivate convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireObject(
      knowing: "monitor", "min_delta", "patience", "verbose", "mode", "baseline",
      "restore_best_weights", "start_from_epoch")
    self.init(
      monitor: try configuration.string("monitor", default: "val_loss"),
      minDelta: try configuration.number("min_delta", default: 0),
      patience: try configuration.integer("patience", default: 0),
      mode: try configuration.monitorMode(),
      baseline: try configuration.optionalNumber("baseline"),
      restoreBestWeights: try configuration.boolean("restore_best_weights", default: false),
      startFromEpoch: try configuration.integer("start_from_epoch", default: 0))
  }
}

extension ModelCheckpoint {
  fileprivate convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireObject(
      knowing: "filepath", "monitor", "verbose", "save_best_only", "mode", "save_freq",
      "initial_value_threshold", "including_optimizer")
    self.init(
      path: try configuration.path("filepath"),
      monitor: try configuration.string("monitor", default: "val_loss"),
      saveBestOnly: try configuration.boolean("save_best_only", default: false),
      mode: try configuration.monitorMode(), saveFrequency: try configuration.saveFrequency(),
      initialValueThreshold: try configuration.optionalNumber("initial_value_threshold"),
      includingOptimizer: try configuration.boolean("including_optimizer", default: false))
  }
}

extension ReduceLROnPlateau {
  fileprivate convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireObject(
      knowing: "monitor", "factor", "patience", "verbose", "mode", "min_delta", "cooldown",
      "min_lr")
    self.init(
      monitor: try configuration.string("monitor", default: "val_loss"),
      factor: try configuration.number("factor", default: 0.1),
      patience: try configuration.integer("patience", default: 10),
      mode: try configuration.monitorMode(),
      minDelta: try configuration.number("min_delta", default: 1e-4),
      cooldown: try configuration.integer("cooldown", default: 0),
      minLearningRate: try configuration.number("min_lr", default: 0))
  }
}

extension Configuration {
  fileprivate func path(_ key: String) throws(LaminaError) -> String {
    guard let path = self[key]?.stringValue else { throw wrong(key, "a path") }
    return path
  }

  fileprivate func optionalNumber(_ key: String) throws(LaminaError) -> Double? {
    self[key] == nil ? nil : try number(key)
  }

  fileprivate func monitorMode() throws(LaminaError) -> MonitorMode {
    switch try string("mode", default: "auto") {
    case "auto": return .auto
    case "min": return .min
    case "max": return .max
    default: throw wrong("mode", "\"auto\", \"min\" or \"max\"")
    }
  }

  fileprivate func saveFrequency() throws(LaminaError) -> SaveFrequency {
    guard let value = self["save_freq"], value != .string("epoch") else { return .epoch }
    guard let count = value.integerValue else { throw wrong("save_freq", "\"epoch\" or a number") }
    return .batches(count)
  }
}
