/// The layers that a configuration can name.
enum LayerRegistry {
  static func make(
    className: String, configuration: LayerConfiguration
  ) throws(LaminaError) -> any Layer {
    switch className {
    case "Dense": return try Dense(configuration: configuration)
    case "Dropout": return try Dropout(configuration: configuration)
    case "Flatten": return try Flatten(configuration: configuration)
    default:
      throw LaminaError(
        .unsupported, "unknown layer class \"\(className)\"; known: Dense, Dropout, Flatten")
    }
  }
}
