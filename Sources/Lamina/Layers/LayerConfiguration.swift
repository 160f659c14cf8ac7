/// A layer's settings as a configuration file gives them; what it asks for by
/// name is there with the right type, or the error says what came.
struct LayerConfiguration {
  private let object: JSON

  /// The layer's own name, where it has one.
  let name: String?

  init(_ object: JSON) {
    self.object = object
    self.name = object["name"]?.stringValue
  }

  func integer(_ key: String) throws(LaminaError) -> Int {
    guard let value = object[key]?.integerValue else { throw wrong(key, "an integer") }
    return value
  }

  func number(_ key: String) throws(LaminaError) -> Double {
    guard let value = object[key]?.numberValue else { throw wrong(key, "a number") }
    return value
  }

  func boolean(_ key: String, default value: Bool) throws(LaminaError) -> Bool {
    guard let found = object[key] else { return value }
    guard let boolean = found.booleanValue else { throw wrong(key, "true or false") }
    return boolean
  }

  func string(_ key: String, default value: String) throws(LaminaError) -> String {
    guard let found = object[key] else { return value }
    guard let string = found.stringValue else { throw wrong(key, "a string") }
    return string
  }

  /// Refuses a setting that Keras knows and Lamina has in one form only.
  ///
  /// - Parameter known: the names of that form; null and an absent key are it too.
  /// - Throws: `.unsupported`
  func require(_ key: String, _ known: String...) throws(LaminaError) {
    guard let value = object[key], value != .null else { return }
    let name = value.stringValue ?? value["class_name"]?.stringValue
    guard let name, known.contains(name) else {
      throw LaminaError(
        .unsupported,
        "\"\(key)\" is \(value.text); known: \(known.first ?? "null")")
    }
  }

  private func wrong(_ key: String, _ expected: String) -> LaminaError {
    guard let found = object[key] else {
      return LaminaError(.format, "\"\(key)\" is missing; expected \(expected)")
    }
    return LaminaError(.format, "\"\(key)\" should be \(expected), got \(found.text)")
  }
}
