/// What a callback remembers: figures, and perhaps a copy of the weights.
public struct CallbackState {
  /// Kept as JSON, which has no word for infinite numbers and not-a-number.
  public var values: [JSON.Member]
  /// All of the model's variables.
  public var weights: WeightsSnapshot?

  public init(values: [JSON.Member] = [], weights: WeightsSnapshot? = nil) {
    self.values = values
    self.weights = weights
  }

  /// The value of that name; nil where there is none.
  public subscript(key: String) -> JSON? { JSON.object(values)[key] }
}

/// The states of Lamina's own callbacks say whose they are.
extension CallbackState {
  init(of className: String, _ values: [JSON.Member], weights: WeightsSnapshot? = nil) {
    self.init(
      values: [JSON.Member("class_name", .string(className))] + values, weights: weights)
  }

  /// - Throws: `.format` where the state is another callback's.
  func values(of className: String) throws(LaminaError) -> Configuration {
    guard self["class_name"]?.stringValue == className else {
      throw LaminaError(
        .format, "expected the state of \(className), got \(JSON.object(values).text)")
    }
    return Configuration(.object(values))
  }
}

/// A copy of all of a model's weights at one moment.
public final class WeightsSnapshot {
  let store: ParameterStore

  init(_ store: ParameterStore) {
    self.store = store
  }
}

extension JSON {
  /// A number that comes back to the bit, also one that JSON lacks; null for nil.
  static func exactly(_ value: Double?) -> JSON {
    guard let value else { return .null }
    if value.isFinite { return .number(value) }
    return .string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
  }

  /// What `exactly` wrote; nil where it is none.
  var exactNumber: Double? {
    switch self {
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    default: numberValue
    }
  }
}

extension Configuration {
  /// A number that `JSON.exactly` wrote; nil where it is null.
  func exactNumber(_ key: String) throws(LaminaError) -> Double? {
    guard let value = self[key] else { return nil }
    guard let number = value.exactNumber else { throw wrong(key, "a number or null") }
    return number
  }

  /// - Throws: `.format` where it is no integer, negative, or so large that adding
  ///   to it could overflow.
  func count(_ key: String) throws(LaminaError) -> Int {
    let value = try integer(key)
    guard value >= 0, value <= 1 << 53 else { throw wrong(key, "an integer from 0 on") }
    return value
  }
}
