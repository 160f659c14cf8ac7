import Lamina

/// How a network's loss and metrics went from epoch to epoch, from the record in its file.
struct TrainingCurves {
  private static let mostCharts = 6

  /// All that was measured.
  let measures: [LineChart]

  /// What changed from epoch to epoch. A value that one epoch alone has, as that of a test at the
  /// end, is no curve, unless there was no other epoch.
  var charts: [LineChart] {
    let curves = measures.filter { measure in
      measure.epochCount == 1
        || measure.series.contains { $0.values.count(where: { $0 != nil }) > 1 }
    }
    return Array(curves.prefix(Self.mostCharts))
  }

  init(record: String?) {
    let histories = TrainingRecords(record: record).histories.filter { !$0.isEmpty }
    let epochs = histories.flatMap { $0 }
    var (breaks, done): ([Int], Int) = ([], 0)
    for history in histories.dropLast() {
      done += history.count
      breaks.append(done)
    }
    var names: [String] = []
    for member in epochs.joined() {
      let name = Self.plainName(member.key)
      if !names.contains(name) { names.append(name) }
    }
    measures = names.compactMap { name in
      let series = [(name, "training", false), ("val_" + name, "validation", true)].compactMap {
        key, title, isValidation in
        Self.values(of: key, in: epochs).map {
          LineChart.Series(name: title, isValidation: isValidation, values: $0)
        }
      }
      guard !series.isEmpty else { return nil }
      let isFraction = name.contains("accuracy")
      return LineChart(
        title: Self.title(of: name), series: series, isFraction: isFraction, breaks: breaks)
    }
  }

  private static func plainName(_ name: String) -> String {
    name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
  }

  /// "val_top_k" as "Val top k".
  private static func title(of name: String) -> String {
    let words = name.split(separator: "_").joined(separator: " ")
    return printable(words.prefix(1).uppercased() + words.dropFirst())
  }

  /// One for each epoch; nil where no epoch has a number.
  private static func values(of key: String, in epochs: [[JSON.Member]]) -> [Double?]? {
    let values: [Double?] = epochs.map { epoch in
      switch epoch.first(where: { $0.key == key })?.value {
      case .number(let number)? where number.isFinite: number
      case .integer(let number)?: Double(number)
      default: nil
      }
    }
    return values.contains { $0 != nil } ? values : nil
  }
}
