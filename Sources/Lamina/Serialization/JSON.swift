/// A JSON value. Objects keep the order of their members, so that the same
/// value always gives the same text.
public indirect enum JSON: Equatable, Sendable {
  case null
  case boolean(Bool)
  /// A number that was written without a fraction or an exponent.
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public var key: String
    public var value: JSON

    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// The value that a text holds.
  ///
  /// - Throws: `.format`, naming the byte where the text goes wrong.
  public init(parsing text: String) throws(LaminaError) {
    self = try JSONParser.parse(Array(text.utf8))
  }

  /// The double that is written as shortly as the float: 0.2, not
  /// 0.20000000298023224.
  package static func number(of value: Float) -> JSON {
    var parser = JSONParser(Array(value.description.utf8))
    return (try? parser.parseNumber()) ?? .number(Double(value))
  }

  /// The member's value; nil where there is none, or this is no object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    for member in members where member.key == key { return member.value }
    return nil
  }

  /// The value of an integer, or of a number without a fraction.
  var integerValue: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  var numberValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  var stringValue: String? {
    if case .string(let value) = self { value } else { nil }
  }

  var booleanValue: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  var arrayValue: [JSON]? {
    if case .array(let values) = self { values } else { nil }
  }
}
