/// How a table is written as text, and how its fields are to be read.
public struct CSVFormat: Equatable, Sendable {
  /// What stands between two fields.
  public enum Separator: Equatable, Sendable {
    case comma
    case semicolon
    case tab

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: 0x09
      }
    }
  }

  public var separator: Separator
  /// Whether the first record names the columns; without it they are called
  /// "column_0", "column_1", ...
  public var hasHeader: Bool
  /// The texts that, beside an empty field, say that a value is missing.
  public var missingValues: [String]
  /// The columns whose values are categories though they look like numbers,
  /// such as classes 0 to 9 or postal codes.
  public var categoricalColumns: [CSVTable.Column]
  /// Whether spaces and tabs around a field are dropped; those within quotes
  /// stay. RFC 4180 counts them as part of the field, where " 1" is no number.
  public var trimsSpaces: Bool
  /// The size above which a text is refused, in bytes; below 2^32. A table takes
  /// memory for the text and at most some ten times as much.
  public var maximumByteCount: Int

  public init(
    separator: Separator = .comma, hasHeader: Bool = true,
    missingValues: [String] = ["NA", "NaN", "nan", "?"],
    categoricalColumns: [CSVTable.Column] = [], trimsSpaces: Bool = true,
    maximumByteCount: Int = 1 << 30
  ) {
    self.separator = separator
    self.hasHeader = hasHeader
    self.missingValues = missingValues
    self.categoricalColumns = categoricalColumns
    self.trimsSpaces = trimsSpaces
    self.maximumByteCount = maximumByteCount
  }
}
