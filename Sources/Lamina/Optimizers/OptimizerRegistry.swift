/// The optimizers that a configuration can name.
enum OptimizerRegistry {
  /// - Parameter json: `{"class_name": "Adam", "config": {...}}`, or a name alone,
  ///   such as "adam", for one with the defaults.
  /// - Throws: `.format`, `.invalidArgument` or `.unsupported`, saying what is wrong.
  static func make(_ json: JSON) throws(LaminaError) -> any Optimizer {
    do {
      let described = try DescribedObject(json)
      let optimizer = try make(described.className, described.configuration)
      try optimizer.check()
      return optimizer
    } catch {
      throw error.at("optimizer")
    }
  }

  private static func make(
    _ className: String, _ configuration: Configuration
  ) throws(LaminaError) -> any Optimizer {
    switch className {
    case "Adagrad", "adagrad": return try Adagrad(configuration: configuration)
    case "Adam", "adam": return try Adam(configuration: configuration)
    case "AdamW", "adamw": return try AdamW(configuration: configuration)
    case "Nadam", "nadam": return try Nadam(configuration: configuration)
    case "RMSprop", "rmsprop": return try RMSprop(configuration: configuration)
    case "SGD", "sgd": return try SGD(configuration: configuration)
    default:
      throw LaminaError(
        .unsupported,
        "unknown class \"\(className)\"; known: Adagrad, Adam, AdamW, Nadam, RMSprop, SGD")
    }
  }
}
