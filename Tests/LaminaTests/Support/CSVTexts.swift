import Testing

@testable import Lamina

/// The records of a text, fields as strings.
func csvRecords(_ text: String, _ format: CSVFormat = CSVFormat()) throws -> [[String]] {
  let fields = try CSVParser.parse(Array(text.utf8), format: format)
  return (0..<fields.recordCount).map { record in
    (0..<fields.columnCount).map { String(decoding: fields[record, $0], as: UTF8.self) }
  }
}

/// The records as CSV text, quoted where they must be, or anyway.
func csvText(
  _ records: [[String]], separator: Character = ",", lineBreak: String = "\r\n",
  quotesAnyway: () -> Bool = { false }
) -> String {
  let special: Set<Unicode.Scalar> = [
    "\"", "\r", "\n", " ", "\t", "\u{FEFF}", separator.unicodeScalars.first ?? ",",
  ]
  return records.map { record in
    record.map { field in
      let mustQuote =
        field.unicodeScalars.contains { special.contains($0) } || record == [""] || quotesAnyway()
      return mustQuote ? "\"" + field.doublingQuotes + "\"" : field
    }
    .joined(separator: String(separator)) + lineBreak
  }
  .joined()
}

extension String {
  fileprivate var doublingQuotes: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      text.append(scalar)
      if scalar == "\"" { text.append(scalar) }
    }
    return String(text)
  }
}
