/// The different values of a categorical column, and the place of each.
///
/// They are in order, not as they first appear, so that the same rows in any
/// order give the same places: by number where all are numbers ("2" before
/// "10"), else by their bytes.
struct CategoryIndex: Sendable {
  let names: [String]
  private let places: [ArraySlice<UInt8>: Int32]

  /// The column's values in these rows, missing ones left out.
  init(of table: CSVTable, column: Int) {
    var seen: Set<ArraySlice<UInt8>> = []
    var categories: [(bytes: ArraySlice<UInt8>, number: Double)] = []
    var areNumbers = true
    for row in 0..<table.rowCount {
      guard let bytes = table.field(row, column), seen.insert(bytes).inserted else { continue }
      let number = DecimalNumber.value(of: bytes)
      areNumbers = areNumbers && number != nil
      categories.append((bytes, number ?? 0))
    }
    categories.sort {
      areNumbers && $0.number != $1.number
        ? $0.number < $1.number : $0.bytes.lexicographicallyPrecedes($1.bytes)
    }
    var places: [ArraySlice<UInt8>: Int32] = [:]
    for (place, category) in categories.enumerated() {
      // A copy, which does not keep the whole table's text in memory.
      places[Array(category.bytes)[...]] = Int32(clamping: place)
    }
    self.places = places
    names = categories.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  /// A value's place, from 0; nil where it is none of the categories.
  func place(of value: ArraySlice<UInt8>) -> Int32? { places[value] }
}
