import CSystem

/// Reads JSON text (RFC 8259), strictly: UTF-8, no duplicate keys, nothing
/// after the value, at most 64 levels deep.
struct JSONParser {
  static let maximumDepth = 64

  private let text: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// The value that the text holds.
  ///
  /// - Throws: `.format`, naming the byte where the text goes wrong.
  static func parse(_ text: [UInt8]) throws(LaminaError) -> JSON {
    var parser = JSONParser(text)
    let value = try parser.parseValue()
    parser.skipSpace()
    guard parser.position == text.count else { throw parser.error("something after the value") }
    return value
  }

  private func error(_ problem: String) -> LaminaError {
    LaminaError(.format, "not JSON: \(problem) at byte \(position)")
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func parseValue() throws(LaminaError) -> JSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try parseObject()
    case UInt8(ascii: "["): return try parseArray()
    case UInt8(ascii: "\""): return .string(try parseString())
    case UInt8(ascii: "t"): return try parseWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try parseWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try parseWord("null", .null)
    case nil: throw error("the text ends where a value is expected")
    default: return try parseNumber()
    }
  }

  /// Takes the bracket that begins an array or an object.
  private mutating func enter() throws(LaminaError) {
    guard depth < JSONParser.maximumDepth else {
      throw error("more than \(JSONParser.maximumDepth) levels")
    }
    depth += 1
    position += 1
    skipSpace()
  }

  private mutating func parseArray() throws(LaminaError) -> JSON {
    var values: [JSON] = []
    try enter()
    defer { depth -= 1 }
    if skip(UInt8(ascii: "]")) { return .array(values) }
    while true {
      values.append(try parseValue())
      skipSpace()
      if skip(UInt8(ascii: "]")) { return .array(values) }
      guard skip(UInt8(ascii: ",")) else { throw error("no \",\" or \"]\"") }
    }
  }

  private mutating func parseObject() throws(LaminaError) -> JSON {
    var members: [JSON.Member] = []
    try enter()
    defer { depth -= 1 }
    if skip(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw error("no key in quotes") }
      let key = try parseString()
      skipSpace()
      guard skip(UInt8(ascii: ":")) else { throw error("no \":\" after a key") }
      members.append(JSON.Member(key, try parseValue()))
      skipSpace()
      if skip(UInt8(ascii: "}")) { break }
      guard skip(UInt8(ascii: ",")) else { throw error("no \",\" or \"}\"") }
    }
    if let key = duplicateKey(of: members) {
      throw LaminaError(.format, "not JSON: the key \"\(key)\" is there twice")
    }
    return .object(members)
  }

  /// Sorting finds a pair in n log n steps: a hostile file may have a million
  /// keys.
  private func duplicateKey(of members: [JSON.Member]) -> String? {
    let keys = members.map { $0.key }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for index in keys.indices.dropFirst()
    where keys[index].utf8.elementsEqual(keys[index - 1].utf8) {
      return keys[index]
    }
    return nil
  }

  private mutating func parseWord(_ word: StaticString, _ value: JSON) throws(LaminaError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount {
      guard skip(word.utf8Start[index]) else { throw error("an unknown word") }
    }
    return value
  }

  /// A number by JSON's grammar; without fraction and exponent an integer,
  /// where it fits.
  mutating func parseNumber() throws(LaminaError) -> JSON {
    let start = position
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) {
      guard skipDigits() else { throw error("no value") }
    }
    var isInteger = true
    if skip(UInt8(ascii: ".")) {
      isInteger = false
      guard skipDigits() else { throw error("no digit after the decimal point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      isInteger = false
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      guard skipDigits() else { throw error("no digit in the exponent") }
    }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(digits) { return .integer(integer) }
    var length = 0
    let value = laminasystem_parse_number(digits, &length)
    guard value.isFinite else { throw error("a number out of range") }
    return .number(value)
  }

  private mutating func skipDigits() -> Bool {
    let start = position
    while let byte = next, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    return position > start
  }

  private mutating func parseString() throws(LaminaError) -> String {
    position += 1
    var bytes: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw error("a string that is not UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): try parseEscape(into: &bytes)
      case 0..<0x20: throw error("a control character in a string")
      default: bytes.append(byte)
      }
    }
    throw error("the text ends in a string")
  }

  private mutating func parseEscape(into bytes: inout [UInt8]) throws(LaminaError) {
    guard let letter = next else { throw error("the text ends in a string") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(letter)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      bytes.append(contentsOf: String(Character(try parseUnicodeEscape())).utf8)
    default: throw error("an unknown escape")
    }
  }

  private mutating func parseUnicodeEscape() throws(LaminaError) -> Unicode.Scalar {
    var code = try parseHexadecimal()
    if code >= 0xD800, code < 0xDC00, skip(UInt8(ascii: "\\")), skip(UInt8(ascii: "u")) {
      let low = try parseHexadecimal()
      guard low >= 0xDC00, low < 0xE000 else { throw error("half a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard code != 0 else { throw error("a zero character, which C's strings cannot hold") }
    guard let scalar = Unicode.Scalar(code) else { throw error("half a surrogate pair") }
    return scalar
  }

  private mutating func parseHexadecimal() throws(LaminaError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("no four hexadecimal digits")
      }
      position += 1
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}
