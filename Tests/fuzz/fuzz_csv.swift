import Lamina

/// CSV tables: any text gives a data set or an error. The first byte says how the text is to be read
/// and encoded; the rest is the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let input = UnsafeBufferPointer(start: bytes, count: size)
  guard let settings = input.first else { return 0 }
  do throws(LaminaError) {
    let text = Array(input.dropFirst())
    let table = try CSVTable(bytes: text, format: format(settings))
    precondition(table.columnNames.count == table.columnCount)
    try encode(table, options(settings))
  } catch {
    precondition(!error.message.isEmpty)
  }
  return 0
}

private func format(_ settings: UInt8) -> CSVFormat {
  let separators: [CSVFormat.Separator] = [.comma, .semicolon, .tab, .comma]
  return CSVFormat(
    separator: separators[Int(settings & 3)], hasHeader: settings & 4 == 0,
    categoricalColumns: settings & 8 == 0 ? [] : [.last], trimsSpaces: settings & 16 == 0)
}

private func options(_ settings: UInt8) -> TableEncoder.Options {
  TableEncoder.Options(
    missingValues: settings & 32 == 0 ? .mean : .error,
    addsMissingIndicators: settings & 64 == 0,
    categories: settings & 128 == 0 ? .oneHot : .integers, unseenCategories: .zeros)
}

/// Fits an encoder to the first half of the rows, and encodes both halves.
private func encode(_ table: CSVTable, _ options: TableEncoder.Options) throws(LaminaError) {
  let (first, last) = try table.shuffled(seed: 1).split(lastFraction: 0.5)
  let encoder = try TableEncoder(fittedTo: first, target: .last, options: options)
  for part in [first, last] {
    let encoded = try encoder.encode(part)
    precondition(encoded.features.count == encoded.rowCount * encoder.featureNames.count)
    let rows = try Dataset(encoded).count
    precondition(rows == part.rowCount)
  }
}
