/// The settings of a layer, a loss or the like as a configuration file gives
/// them; what is asked for by name is there with the right type, or the error
/// says what came. A key that is absent or null has the default, if there is one.
struct Configuration {
  private let object: JSON

  /// Its own name, where it has one.
  let name: String?

  init(_ object: JSON) {
    self.object = object
    self.name = object["name"]?.stringValue
  }

  /// The value as it is; nil where it is absent or null.
  subscript(key: String) -> JSON? {
    guard let value = object[key], value != .null else { return nil }
    return value
  }

  func integer(_ key: String) throws(LaminaError) -> Int {
    guard let value = object[key]?.integerValue else { throw wrong(key, "an integer") }
    return value
  }

  func number(_ key: String) throws(LaminaError) -> Double {
    guard let value = object[key]?.numberValue else { throw wrong(key, "a number") }
    return value
  }

  func integer(_ key: String, default value: Int) throws(LaminaError) -> Int {
    self[key] == nil ? value : try integer(key)
  }

  func number(_ key: String, default value: Double) throws(LaminaError) -> Double {
    self[key] == nil ? value : try number(key)
  }

  /// A list of integers; a single integer stands for `count` of them.
  func integers(_ key: String, count: Int) throws(LaminaError) -> [Int] {
    if let value = self[key]?.integerValue { return [Int](repeating: value, count: count) }
    let list = try integers(key)
    guard list.count == count else { throw wrong(key, "an integer or \(count) of them") }
    return list
  }

  func integers(_ key: String) throws(LaminaError) -> [Int] {
    let list = self[key]?.arrayValue ?? []
    let integers = list.compactMap { $0.integerValue }
    guard self[key]?.arrayValue != nil, integers.count == list.count else {
      throw wrong(key, "a list of integers")
    }
    return integers
  }

  /// A list of numbers; a single number is a list of one.
  func numbers(_ key: String) throws(LaminaError) -> [Double] {
    if let value = self[key]?.numberValue { return [value] }
    let list = self[key]?.arrayValue ?? []
    let numbers = list.compactMap { $0.numberValue }
    guard self[key]?.arrayValue != nil, numbers.count == list.count else {
      throw wrong(key, "a number or a list of numbers")
    }
    return numbers
  }

  func boolean(_ key: String, default value: Bool) throws(LaminaError) -> Bool {
    guard let found = self[key] else { return value }
    guard let boolean = found.booleanValue else { throw wrong(key, "true or false") }
    return boolean
  }

  func string(_ key: String, default value: String) throws(LaminaError) -> String {
    guard let found = self[key] else { return value }
    guard let string = found.stringValue else { throw wrong(key, "a string") }
    return string
  }

  /// Refuses a setting that Keras knows and Lamina has in one form only.
  ///
  /// - Parameter known: the names of that form; null and an absent key are it too.
  /// - Throws: `.unsupported`
  func require(_ key: String, _ known: String...) throws(LaminaError) {
    guard let value = self[key] else { return }
    let name = value.stringValue ?? value["class_name"]?.stringValue
    guard let name, known.contains(name) else {
      throw LaminaError(
        .unsupported,
        "\"\(key)\" is \(value.text); known: \(known.first ?? "null")")
    }
  }

  /// Refuses a setting that Keras knows and Lamina has with some values only; null
  /// and an absent key are the default.
  ///
  /// - Throws: `.unsupported`
  func requireValue(_ key: String, isAnyOf known: JSON...) throws(LaminaError) {
    guard let value = self[key], !known.contains(value) else { return }
    throw LaminaError(
      .unsupported,
      "\"\(key)\" is \(value.text); known: "
        + known.map { $0.text }.joined(separator: ", "))
  }

  /// Refuses what is no object, and settings that nobody knows: most are mistyped.
  ///
  /// - Throws: `.format`, `.unsupported`
  func requireObject(knowing keys: String...) throws(LaminaError) {
    guard case .object(let members) = object else {
      throw LaminaError(.format, "expected an object, got \(object.text)")
    }
    for member in members where !keys.contains(member.key) {
      throw LaminaError(
        .unsupported, "unknown \"\(member.key)\"; known: \(keys.joined(separator: ", "))")
    }
  }

  func wrong(_ key: String, _ expected: String) -> LaminaError {
    guard let found = object[key] else {
      return LaminaError(.format, "\"\(key)\" is missing; expected \(expected)")
    }
    return LaminaError(.format, "\"\(key)\" should be \(expected), got \(found.text)")
  }
}

extension JSON {
  /// How Keras writes a layer, a loss or the like: its class and its settings.
  static func described(_ className: String, _ configuration: [Member]) -> JSON {
    .object([
      Member("class_name", .string(className)),
      Member("config", .object(configuration)),
    ])
  }

  /// A layer's initializer as a member; none where it is of the default class.
  static func initializer(
    _ key: String, _ initializer: any Initializer, default className: String
  ) -> [Member] {
    guard initializer.className != className else { return [] }
    return [Member(key, .described(initializer.className, initializer.configuration))]
  }

  /// A layer's regularizer as a member; none where there is none.
  static func regularizer(_ key: String, _ regularizer: (any Regularizer)?) -> [Member] {
    guard let regularizer else { return [] }
    return [Member(key, .described(regularizer.className, regularizer.configuration))]
  }
}
