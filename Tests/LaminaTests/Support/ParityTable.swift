import Foundation

/// Collects what was compared with Keras, from tests that run at once, for the
/// tables of docs/keras-parity.md.
final class ParityTable: @unchecked Sendable {
  struct Entry {
    var topic: String
    var className: String
    var caseName: String
    var tensorName: String
    /// How many numbers the tensor has.
    var count: Int
    var comparison: KerasComparison
  }

  static let shared = ParityTable()

  private let lock = NSLock()
  /// A tensor that is compared twice counts once, with its larger difference.
  private var entries: [[String]: Entry] = [:]

  func add(_ entry: Entry) {
    let key = [entry.topic, entry.className, entry.caseName, entry.tensorName]
    lock.withLock {
      let earlier = entries[key]?.comparison.worstRatio ?? 0
      if !(earlier > entry.comparison.worstRatio) { entries[key] = entry }
    }
  }

  /// The rows of a topic's table, one for each class, in an order that does not
  /// depend on the tests'; none where nothing was compared.
  func rows(of topic: String) -> [String] {
    let all = lock.withLock { Array(entries.values) }
    let classes = Dictionary(grouping: all.filter { $0.topic == topic }, by: \.className)
    return classes.keys.sorted().map { ParityTable.row(of: $0, classes[$0] ?? []) }
  }

  static let header = [
    "| Class | Cases | Tensors | Numbers | Largest difference / bound | Held by the reference |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
  ]

  /// What of a row does not depend on the processor: the class and the counts.
  static func fixedCells(of row: some StringProtocol) -> [String] {
    row.split(separator: "|").prefix(4).map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static func row(of className: String, _ entries: [Entry]) -> String {
    let cells = [
      className,
      "\(Set(entries.map(\.caseName)).count)",
      "\(entries.count)",
      "\(entries.map(\.count).reduce(0, +))",
      String(format: "%.2f", entries.map(\.comparison.worstRatio).max() ?? 0),
      "\(entries.count { $0.comparison.isHeldByReference })",
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }
}
