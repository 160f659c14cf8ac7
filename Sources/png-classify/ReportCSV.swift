/// A row for each prediction, under the header `file,rank,label,probability`, or for each digit of a
/// page, under `file,line,word,label,probability,x,y,width,height`, quoted as RFC 4180 has it; lines
/// end as Unix's do. A file without a digit has a row with an empty label. Files that failed are on
/// standard error alone.
struct ReportCSV: Report {
  let isReading: Bool

  func head() -> String {
    isReading
      ? "file,line,word,label,probability,x,y,width,height\n" : "file,rank,label,probability\n"
  }

  func text(of answer: Answer) -> String {
    let name = field(answer.name)
    var rows = ""
    switch answer.outcome {
    case .predictions(let predictions):
      for (index, prediction) in predictions.enumerated() {
        rows += "\(name),\(index + 1),\(fields(of: prediction))\n"
      }
    case .reading(let reading):
      for digit in reading.digits {
        let (columns, rowRange) = (digit.box.columns, digit.box.rows)
        rows += "\(name),\(digit.line),\(digit.word),\(fields(of: digit.prediction))"
        rows += ",\(columns.lowerBound),\(rowRange.lowerBound)"
        rows += ",\(columns.count),\(rowRange.count)\n"
      }
    case .noDigit:
      rows = name + (isReading ? ",1,1,,,,,,\n" : ",1,,\n")
    case .failure: break
    }
    return rows
  }

  private func fields(of prediction: LabelledPrediction) -> String {
    "\(field(prediction.label)),\(fixed(Double(prediction.probability), decimals: 7))"
  }

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
