import Foundation

/// Collects what was compared with Keras, from tests that run at once, and
/// writes the tables of docs/keras-parity.md.
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

  /// The order of the tables.
  private static let topics = [
    "layers", "activations", "initializers", "regularizers", "losses", "optimizers", "schedules",
    "metrics", "models", "callbacks",
  ]

  private let lock = NSLock()
  /// A tensor that is compared twice counts once.
  private var entries: [[String]: Entry] = [:]

  func add(_ entry: Entry) {
    lock.withLock {
      entries[[entry.topic, entry.className, entry.caseName, entry.tensorName]] = entry
    }
  }

  /// A table for each topic, with a row for each class, in an order that does
  /// not depend on the tests'.
  var text: String {
    let topics = Dictionary(grouping: lock.withLock { Array(entries.values) }, by: \.topic)
    let known = ParityTable.topics.filter { topics[$0] != nil }
    let others = topics.keys.filter { !ParityTable.topics.contains($0) }.sorted()
    return (known + others).map { topic in
      ParityTable.table(of: topic, topics[topic] ?? [])
    }.joined(separator: "\n")
  }

  func write(to url: URL) throws {
    try Data(text.utf8).write(to: url, options: .atomic)
  }

  private static func table(of topic: String, _ entries: [Entry]) -> String {
    let classes = Dictionary(grouping: entries, by: \.className)
    let rows = classes.keys.sorted().map { row(of: $0, classes[$0] ?? []) }
    return """
      ## \(topic.prefix(1).uppercased() + topic.dropFirst())

      | Class | Cases | Tensors | Numbers compared | Largest difference / bound | Held by the float64 reference |
      | --- | ---: | ---: | ---: | ---: | ---: |
      \(rows.joined(separator: "\n"))

      """
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
