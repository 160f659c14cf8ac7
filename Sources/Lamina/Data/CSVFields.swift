/// The fields of a table's text, without their quotes, in one piece of memory.
struct CSVFields: Sendable {
  /// The fields' bytes, one field after the other.
  private var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  private var ends: [UInt32] = []
  /// The line that each record begins in, from 1.
  private(set) var lines: [UInt32] = []
  /// How many fields each record has; 0 before the first record.
  private(set) var columnCount = 0

  var recordCount: Int { lines.count }

  /// One field; it must be there.
  subscript(record: Int, column: Int) -> ArraySlice<UInt8> {
    let index = record * columnCount + column
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return bytes[start..<Int(ends[index])]
  }

  /// Adds bytes to the field that comes next.
  mutating func append(_ piece: ArraySlice<UInt8>) {
    bytes += piece
  }

  /// The bytes so far of the field that comes next.
  var openField: ArraySlice<UInt8> { bytes[(ends.last.map { Int($0) } ?? 0)...] }

  /// - Throws: `.format` where there are 2^32 bytes.
  mutating func endField() throws(LaminaError) {
    guard let end = UInt32(exactly: bytes.count) else {
      throw LaminaError(.format, "more than 2^32 - 1 bytes")
    }
    ends.append(end)
  }

  /// - Throws: `.format` where the record has not as many fields as the first,
  ///   or there are 2^31 records.
  mutating func endRecord(fieldCount: Int, line: Int) throws(LaminaError) {
    if lines.isEmpty { columnCount = fieldCount }
    guard fieldCount == columnCount else {
      throw LaminaError(
        .format,
        "line \(line): \(fieldCount) fields, expected \(columnCount) as in line \(lines[0])")
    }
    guard lines.count < Int(Int32.max) else {
      throw LaminaError(.format, "more than 2^31 - 1 records")
    }
    lines.append(UInt32(clamping: line))
  }
}
