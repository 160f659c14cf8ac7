/// A row for each prediction, under the header `file,rank,label,probability`, quoted as RFC 4180
/// has it; lines end as Unix's do. Files that failed are on standard error alone.
struct ReportCSV: Report {
  func begin() throws {
    try Output.write("file,rank,label,probability\n")
  }

  func add(_ answer: Answer) throws {
    guard case .success(let predictions) = answer.outcome else { return }
    var rows = ""
    for (index, prediction) in predictions.enumerated() {
      let probability = fixed(Double(prediction.probability), decimals: 7)
      rows += "\(field(answer.name)),\(index + 1),\(field(prediction.label)),\(probability)\n"
    }
    try Output.write(rows)
  }

  func end() {}

  private func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
