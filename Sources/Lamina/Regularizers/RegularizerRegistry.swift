/// The regularizers that a configuration can name, by class or as Keras's
/// strings do.
///
/// Source: keras/src/regularizers/__init__.py
enum RegularizerRegistry {
  /// - Throws: `.unsupported`, naming what there is; `.format` where a setting
  ///   is wrong.
  static func make(_ json: JSON) throws(LaminaError) -> any Regularizer {
    let described = try DescribedObject(json)
    switch described.className {
    case "L1", "l1": return try L1(configuration: described.configuration)
    case "L2", "l2": return try L2(configuration: described.configuration)
    case "L1L2", "l1l2", "l1_l2": return try L1L2(configuration: described.configuration)
    default:
      throw LaminaError(
        .unsupported, "unknown regularizer \"\(described.className)\"; known: L1, L2, L1L2")
    }
  }
}

extension Configuration {
  /// The regularizer under a key; nil where it is absent or null.
  func regularizer(_ key: String) throws(LaminaError) -> (any Regularizer)? {
    guard let json = self[key] else { return nil }
    do { return try RegularizerRegistry.make(json) } catch { throw error.at("\"\(key)\"") }
  }
}
