import Lamina

/// Precision and recall of each class.
struct ClassSection {
  let findings: Findings

  var html: String {
    pageSection(
      "Classes", id: "classes",
      note: "Precision: of what was taken for a class, how much is it. "
        + "Recall: of what is a class, how much was taken for it. F1 is their harmonic mean.",
      scrollable(
        "Precision and recall by class",
        """
        <table class="plain">
        <thead><tr><th scope="col" class="text">class</th><th scope="col">pictures</th>\
        <th scope="col">precision</th><th scope="col">recall</th><th scope="col">F1</th></tr></thead>
        <tbody>
        \(findings.labels.indices.map(row).joined(separator: "\n"))
        </tbody>
        </table>
        """))
  }

  private func row(_ index: Int) -> String {
    let counts = findings.confusion.counts
    let right = counts[index][index]
    let taken = counts.reduce(0) { $0 + $1[index] }
    let all = counts[index].reduce(0, +) + findings.unanswered[index]
    let precision = taken > 0 ? Double(right) / Double(taken) : nil
    let recall = all > 0 ? Double(right) / Double(all) : nil
    // 2 * precision * recall / (precision + recall)
    let f1 = taken + all > 0 ? 2 * Double(right) / Double(taken + all) : nil
    return "<tr><th scope=\"row\">\(escaped(findings.labels[index]))</th><td>\(grouped(all))</td>"
      + "<td>\(measure(precision))</td><td>\(measure(recall))</td><td>\(measure(f1))</td></tr>"
  }

  private func measure(_ value: Double?) -> String {
    guard let value else { return "none" }
    return "\(percent(value))<span class=\"bar\" aria-hidden=\"true\">"
      + "<span style=\"width:\(fixed(100 * value, decimals: 2))%\"></span></span>"
  }
}
