/// A line for each file, for people: `seven.png: 7  97.43 %`, columns below each other, further
/// classes beside the first; a page has a line for each of its lines. Files that failed are on
/// standard error alone.
struct ReportText: Report {
  /// Longer names do not push all other lines' answers out of sight.
  private static let widestName = 60

  private let nameWidth: Int
  private let labelWidth: Int

  init(names: [String], labels: [String]) {
    let widest = names.lazy.map { printable($0).count }.filter { $0 <= Self.widestName }.max()
    nameWidth = (widest ?? 0) + 1
    labelWidth = labels.lazy.map { printable($0).count }.max() ?? 1
  }

  func text(of answer: Answer) -> String {
    let name = (printable(answer.name) + ":").paddedRight(to: nameWidth)
    switch answer.outcome {
    case .predictions(let predictions):
      return name + columns(of: predictions) + "\n"
    case .reading(let reading):
      return reading.lines.map { "\(name) \(printable(String($0)))\n" }.joined()
    case .noDigit(let reason):
      return "\(name) no digit found: \(printable(reason))\n"
    case .failure: return ""
    }
  }

  private func columns(of predictions: [LabelledPrediction]) -> String {
    var text = ""
    for (rank, prediction) in predictions.enumerated() {
      let label = printable(prediction.label).paddedRight(to: labelWidth)
      let probability = percent(Double(prediction.probability)).paddedLeft(to: 8)
      text += (rank == 0 ? " " : "   ") + label + " " + probability
    }
    return text
  }
}
