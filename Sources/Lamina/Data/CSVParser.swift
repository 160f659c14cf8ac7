/// Reads comma-separated values (RFC 4180) into fields, strictly: UTF-8, the
/// same number of fields in each record, quotes around a whole field only.
///
/// A record ends with CR LF, LF or CR, the last one with the text too. Lines
/// without a character are passed over; `""` is a record of one empty field.
struct CSVParser {
  private static let quote = UInt8(ascii: "\"")

  private let text: [UInt8]
  private let separator: UInt8
  private let trimsSpaces: Bool
  private var position = 0
  private var line = 1
  private var fields = CSVFields()

  private init(_ text: [UInt8], _ format: CSVFormat) {
    self.text = text
    separator = format.separator.byte
    trimsSpaces = format.trimsSpaces
  }

  /// The text's fields.
  ///
  /// - Throws: `.format`, naming the line where the text goes wrong.
  static func parse(_ text: [UInt8], format: CSVFormat) throws(LaminaError) -> CSVFields {
    var parser = CSVParser(text, format)
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }  // the byte order mark
    while parser.position < text.count {
      if !parser.skipBlankLine() { try parser.parseRecord() }
    }
    return parser.fields
  }

  private func error(_ problem: String, line: Int) -> LaminaError {
    LaminaError(.format, "line \(line): \(problem)")
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private var isAtLineBreak: Bool { next == 0x0A || next == 0x0D }

  private mutating func skipLineBreak() {
    let isReturn = next == 0x0D
    position += 1
    if isReturn, next == 0x0A { position += 1 }
    line += 1
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    (byte == 0x20 || byte == 0x09) && byte != separator
  }

  private mutating func skipSpaces() {
    guard trimsSpaces else { return }
    while let byte = next, isSpace(byte) { position += 1 }
  }

  /// Whether there was one.
  private mutating func skipBlankLine() -> Bool {
    let start = position
    skipSpaces()
    if isAtLineBreak {
      skipLineBreak()
      return true
    }
    if next == nil { return true }
    position = start
    return false
  }

  private mutating func parseRecord() throws(LaminaError) {
    let firstLine = line
    var fieldCount = 0
    while true {
      try parseField()
      fieldCount += 1
      guard next == separator else { break }
      position += 1
    }
    try fields.endRecord(fieldCount: fieldCount, line: firstLine)
    if next != nil { skipLineBreak() }
  }

  /// Takes a field, up to a separator, a line break or the text's end.
  private mutating func parseField() throws(LaminaError) {
    let firstLine = line
    skipSpaces()
    if next == CSVParser.quote {
      try parseQuotedField()
    } else {
      try parsePlainField()
    }
    try checkText(line: firstLine)
    try fields.endField()
  }

  private mutating func parsePlainField() throws(LaminaError) {
    let start = position
    while let byte = next, byte != separator, !isAtLineBreak {
      guard byte != CSVParser.quote else {
        throw error("a quote within a field that does not begin with one", line: line)
      }
      position += 1
    }
    var end = position
    while trimsSpaces, end > start, isSpace(text[end - 1]) { end -= 1 }
    fields.append(text[start..<end])
  }

  private mutating func parseQuotedField() throws(LaminaError) {
    let firstLine = line
    position += 1
    var start = position
    while let byte = next {
      if byte == CSVParser.quote {
        fields.append(text[start..<position])
        position += 1
        // Two quotes stand for one, with which the next piece begins.
        guard next == CSVParser.quote else { return try checkEndOfQuotedField() }
        start = position
        position += 1
      } else if isAtLineBreak {
        skipLineBreak()
      } else {
        position += 1
      }
    }
    throw error("a quote is opened and never closed", line: firstLine)
  }

  private mutating func checkEndOfQuotedField() throws(LaminaError) {
    skipSpaces()
    guard next == nil || next == separator || isAtLineBreak else {
      throw error("something between a closing quote and the end of its field", line: line)
    }
  }

  private func checkText(line: Int) throws(LaminaError) {
    let field = fields.openField
    var isASCII = true
    for byte in field {
      guard byte != 0 else {
        throw error("a zero character, which C's strings cannot hold", line: line)
      }
      if byte >= 0x80 { isASCII = false }
    }
    guard isASCII || String(validating: field, as: UTF8.self) != nil else {
      throw error("a field that is not UTF-8", line: line)
    }
  }
}
