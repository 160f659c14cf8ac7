/// A table read from comma-separated values: columns with names, each of
/// numbers or of categories, in which values may be missing.
///
/// A column is numeric if every value that is not missing is a decimal number,
/// and else categorical; `CSVFormat.categoricalColumns` says otherwise. Fields
/// stay text until they are asked for.
///
/// Source: RFC 4180, "Common Format and MIME Type for Comma-Separated Values
/// (CSV) Files", 2005
public struct CSVTable: Sendable {
  /// What a column's values are.
  public enum Kind: Equatable, Sendable {
    case numeric
    case categorical
  }

  /// Which column is meant: `"price"`, `3` or `.last`.
  public enum Column: Equatable, Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case name(String)
    /// Its place, from 0.
    case index(Int)
    case last

    public init(stringLiteral name: String) { self = .name(name) }
    public init(integerLiteral index: Int) { self = .index(index) }
  }

  /// Different from each other.
  public let columnNames: [String]
  public private(set) var columnKinds: [Kind]
  private let places: [String: Int]
  private let fields: CSVFields
  /// Which of the fields' records are the rows, in order.
  private var records: [Int32]
  private let missingValues: [[UInt8]]

  /// Reads a file.
  ///
  /// - Throws: `.inputOutput` where it cannot be read, otherwise as
  ///   `init(bytes:format:)`. The message begins with the path.
  public init(path: String, format: CSVFormat = CSVFormat()) throws(LaminaError) {
    do throws(LaminaError) {
      let limit = max(0, format.maximumByteCount)
      // One byte more tells a text of that size from a longer one.
      let bytes = try ByteReader(path: path).read(atMost: limit == .max ? limit : limit + 1)
      try self.init(bytes: bytes, format: format)
    } catch {
      throw error.at(path)
    }
  }

  /// - Throws: as `init(bytes:format:)`.
  public init(text: String, format: CSVFormat = CSVFormat()) throws(LaminaError) {
    try self.init(bytes: Array(text.utf8), format: format)
  }

  /// - Parameter bytes: UTF-8, with or without a byte order mark.
  /// - Throws: `.format` where the text is not CSV, is not UTF-8, has rows of
  ///   different lengths, two columns of one name, or no record at all;
  ///   `.invalidArgument` where it is larger than the format's maximum, or the
  ///   format names a column that is not there.
  public init(bytes: [UInt8], format: CSVFormat = CSVFormat()) throws(LaminaError) {
    guard bytes.count <= format.maximumByteCount else {
      throw LaminaError(
        .invalidArgument,
        "the table has more than \(format.maximumByteCount) bytes, the maximum of its CSVFormat")
    }
    fields = try CSVParser.parse(bytes, format: format)
    guard fields.recordCount > 0 else {
      throw LaminaError(
        .format, "the table is empty; expected \(format.hasHeader ? "a header" : "a row")")
    }
    (columnNames, places) = try CSVTable.nameColumns(of: fields, hasHeader: format.hasHeader)
    records = Array((format.hasHeader ? 1 : 0)..<Int32(clamping: fields.recordCount))
    missingValues = format.missingValues.map { Array($0.utf8) }
    columnKinds = [Kind](repeating: .categorical, count: fields.columnCount)
    for column in columnKinds.indices where holdsNumbers(column) { columnKinds[column] = .numeric }
    for column in format.categoricalColumns {
      columnKinds[try index(of: column)] = .categorical
    }
  }

  public var rowCount: Int { records.count }
  public var columnCount: Int { columnNames.count }

  /// Some of the rows, as a table of their own, whose columns stay of the kinds
  /// that they have in the whole.
  ///
  /// - Throws: `.invalidArgument` where the rows do not exist.
  public func rows(_ range: Range<Int>) throws(LaminaError) -> CSVTable {
    guard range.lowerBound >= 0, range.upperBound <= rowCount else {
      throw LaminaError(
        .invalidArgument,
        "rows \(range.lowerBound) to \(range.upperBound) of \(rowCount) do not exist")
    }
    var table = self
    table.records = Array(records[range])
    return table
  }

  /// The same rows in random order, the same for the same seed.
  public func shuffled(seed: UInt64) -> CSVTable {
    var table = self
    // Training shuffles with layer 0: one seed for both gives two orders.
    RandomStream(seed: seed, purpose: .shuffle, layer: .max).shuffle(&table.records)
    return table
  }

  /// The first rows, and the last ones: those from row
  /// floor(rows (1 - `lastFraction`)) on.
  ///
  /// - Throws: `.invalidArgument` where either would be empty.
  public func split(
    lastFraction: Double
  ) throws(LaminaError) -> (first: CSVTable, last: CSVTable) {
    let position = try splitPosition(count: rowCount, lastFraction: lastFraction)
    return (try rows(0..<position), try rows(position..<rowCount))
  }

  /// A column's place, from 0.
  ///
  /// - Throws: `.invalidArgument` where there is none of this name or index.
  public func index(of column: Column) throws(LaminaError) -> Int {
    switch column {
    case .last: return columnCount - 1
    case .index(let index):
      guard index >= 0, index < columnCount else {
        throw LaminaError(
          .invalidArgument, "no column \(index); the table has \(columnCount), from 0")
      }
      return index
    case .name(let name):
      guard let index = places[name] else {
        throw LaminaError(.invalidArgument, "no column \"\(name)\"")
      }
      return index
    }
  }

  /// A column's values as numbers; nil where one is missing.
  ///
  /// - Throws: `.invalidArgument` where there is no such column; `.format`,
  ///   naming the line, where a value is no number or beyond float32's range.
  public func numbers(in column: Column) throws(LaminaError) -> [Float?] {
    let index = try index(of: column)
    var numbers: [Float?] = []
    numbers.reserveCapacity(rowCount)
    for row in 0..<rowCount { numbers.append(try number(row, index)) }
    return numbers
  }

  /// A column's values as they are written; nil where one is missing.
  ///
  /// - Throws: `.invalidArgument` where there is no such column.
  public func texts(in column: Column) throws(LaminaError) -> [String?] {
    let index = try index(of: column)
    return (0..<rowCount).map { row in
      field(row, index).map { String(decoding: $0, as: UTF8.self) }
    }
  }
}

extension CSVTable {
  func hasColumn(named name: String) -> Bool { places[name] != nil }

  /// One field's bytes; nil where the value is missing.
  func field(_ row: Int, _ column: Int) -> ArraySlice<UInt8>? {
    let bytes = fields[Int(records[row]), column]
    if bytes.isEmpty { return nil }
    for value in missingValues where value.count == bytes.count && value[...] == bytes {
      return nil
    }
    return bytes
  }

  /// One value; nil where it is missing.
  func number(_ row: Int, _ column: Int) throws(LaminaError) -> Float? {
    guard let bytes = field(row, column) else { return nil }
    guard let value = DecimalNumber.value(of: bytes) else {
      throw error(row, column, "expected a number, got \(CSVTable.quoted(bytes))")
    }
    let number = Float(value)
    guard number.isFinite else {
      throw error(row, column, "\(CSVTable.quoted(bytes)) is beyond float32's range")
    }
    return number
  }

  /// What is wrong with one field.
  func error(_ row: Int, _ column: Int, _ problem: String) -> LaminaError {
    let line = fields.lines[Int(records[row])]
    return LaminaError(.format, "line \(line), column \"\(columnNames[column])\": \(problem)")
  }

  /// A field as messages show it; a long one is cut.
  static func quoted(_ bytes: ArraySlice<UInt8>) -> String {
    let start = String(decoding: bytes.prefix(60), as: UTF8.self)
    return bytes.count <= 60 ? "\"\(start)\"" : "\"\(start)...\""
  }

  private func holdsNumbers(_ column: Int) -> Bool {
    (0..<rowCount).allSatisfy { row in
      field(row, column).map { DecimalNumber.matches($0) } ?? true
    }
  }

  /// The header's names; a column without one is named by its place.
  private static func nameColumns(
    of fields: CSVFields, hasHeader: Bool
  ) throws(LaminaError) -> (names: [String], places: [String: Int]) {
    var names: [String] = []
    var places: [String: Int] = [:]
    for column in 0..<fields.columnCount {
      let bytes = hasHeader ? fields[0, column] : []
      guard bytes.count <= 1000 else {
        throw LaminaError(
          .format, "line \(fields.lines[0]): column \(column)'s name has more than 1000 bytes")
      }
      let name = bytes.isEmpty ? "column_\(column)" : String(decoding: bytes, as: UTF8.self)
      if let other = places.updateValue(column, forKey: name) {
        throw LaminaError(
          .format,
          "line \(fields.lines[0]): columns \(other) and \(column) are both named \"\(name)\"")
      }
      names.append(name)
    }
    return (names, places)
  }
}
