import Lamina

/// How often each class was taken for each other.
struct ConfusionSection {
  /// A table of more classes is none that anybody reads.
  private static let mostClasses = 40
  private static let mostPairs = 10

  let findings: Findings

  var html: String {
    let pairs = mostFrequentPairs
    let note =
      "A row is what pictures show, a column what they were taken for. "
      + "The diagonal is right."
    guard findings.labels.count <= Self.mostClasses else {
      return pageSection("Confusions", id: "confusion", pairTable(pairs))
    }
    let table = scrollable("Confusion matrix", matrix)
    guard !pairs.isEmpty else {
      return pageSection("Confusion matrix", id: "confusion", note: note, table)
    }
    return pageSection(
      "Confusion matrix", id: "confusion", note: note,
      """
      <div class="pair">
      \(table)
      <div>
      <h3>Most frequent confusions</h3>
      \(scrollable("Most frequent confusions", pairTable(pairs)))
      </div>
      </div>
      """)
  }

  private var counts: [[Int]] { findings.confusion.counts }
  private var hasUnanswered: Bool { findings.unanswered.contains { $0 > 0 } }

  private var matrix: String {
    let labels = findings.labels.map(escaped)
    let isLong = labels.contains { $0.count > 4 }
    let heads = (labels + (hasUnanswered ? ["no digit"] : [])).map { label in
      "<th scope=\"col\">" + (isLong ? "<span class=\"upright\">\(label)</span>" : label) + "</th>"
    }
    let mostWrong =
      counts.indices.flatMap { row in
        counts.indices.map { $0 == row ? 0 : counts[row][$0] } + [findings.unanswered[row]]
      }.max() ?? 0
    let rows = counts.indices.map { row in
      let cells = counts.indices.map { column in
        cell(row, column, mostWrong: mostWrong)
      }
      let none = hasUnanswered ? [unansweredCell(row, mostWrong: mostWrong)] : []
      return "<tr><th scope=\"row\">\(labels[row])</th>\((cells + none).joined())</tr>"
    }
    return """
      <table class="matrix">
      <thead><tr><td></td>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private func cell(_ row: Int, _ column: Int, mostWrong: Int) -> String {
    let count = counts[row][column]
    if row == column {
      let all = counts[row].reduce(0, +) + findings.unanswered[row]
      let share = all > 0 ? Double(count) / Double(all) : 0
      return "<td class=\"right\" style=\"--heat:\(fixed(share, decimals: 3))\">\(count)</td>"
    }
    return wrongCell(count, mostWrong: mostWrong)
  }

  private func unansweredCell(_ row: Int, mostWrong: Int) -> String {
    wrongCell(findings.unanswered[row], mostWrong: mostWrong)
  }

  /// Square roots, so that what is rare is seen too.
  private func wrongCell(_ count: Int, mostWrong: Int) -> String {
    guard count > 0 else { return "<td class=\"none\">0</td>" }
    let heat = (Double(count) / Double(max(1, mostWrong))).squareRoot()
    return "<td class=\"taken\" style=\"--heat:\(fixed(heat, decimals: 3))\">\(count)</td>"
  }

  private struct Pair {
    let truth: Int
    let answer: Int
    let count: Int
  }

  private var mostFrequentPairs: [Pair] {
    let pairs = counts.indices.flatMap { row in
      counts.indices.filter { $0 != row && counts[row][$0] > 0 }
        .map { Pair(truth: row, answer: $0, count: counts[row][$0]) }
    }
    let sorted = pairs.sorted {
      ($1.count, $0.truth, $0.answer) < ($0.count, $1.truth, $1.answer)
    }
    return Array(sorted.prefix(Self.mostPairs))
  }

  private func pairTable(_ pairs: [Pair]) -> String {
    guard !pairs.isEmpty else { return "<p>There are none.</p>" }
    let rows = pairs.map { pair in
      let all = counts[pair.truth].reduce(0, +) + findings.unanswered[pair.truth]
      return "<tr><td class=\"text\">\(escaped(findings.labels[pair.truth]))</td>"
        + "<td class=\"text\">\(escaped(findings.labels[pair.answer]))</td>"
        + "<td>\(grouped(pair.count))</td>"
        + "<td>\(percent(Double(pair.count) / Double(max(1, all))))</td></tr>"
    }
    return """
      <table class="plain">
      <thead><tr><th scope="col" class="text">shows</th><th scope="col" class="text">taken for</th>\
      <th scope="col">pictures</th><th scope="col">of its class</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}
