extension JSON {
  /// The value as text, without spaces or line breaks; the same value gives
  /// the same text.
  public var text: String {
    var writer = JSONWriter()
    writer.write(self)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

private struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func write(_ value: JSON) {
    switch value {
    case .null: write("null")
    case .boolean(let value): write(value ? "true" : "false")
    case .integer(let value): write("\(value)")
    // JSON has no word for what is not finite.
    case .number(let value): write(value.isFinite ? value.description : "null")
    case .string(let value): writeString(value)
    case .array(let values):
      writeList("[", values.count, "]") { writer, index in writer.write(values[index]) }
    case .object(let members):
      writeList("{", members.count, "}") { writer, index in
        writer.writeString(members[index].key)
        writer.write(":")
        writer.write(members[index].value)
      }
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func writeList(
    _ begin: String, _ count: Int, _ end: String,
    _ writeElement: (inout JSONWriter, Int) -> Void
  ) {
    write(begin)
    for index in 0..<count {
      if index > 0 { write(",") }
      writeElement(&self, index)
    }
    write(end)
  }

  private mutating func writeString(_ string: String) {
    write("\"")
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): write("\\\"")
      case UInt8(ascii: "\\"): write("\\\\")
      case 0x0A: write("\\n")
      case 0x0D: write("\\r")
      case 0x09: write("\\t")
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        write("\\u00")
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    write("\"")
  }
}
