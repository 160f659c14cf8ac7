import Foundation
import Testing

/// docs/keras-parity.md: a heading for each topic, and below it the table of
/// what the tests compare.
struct ParityDocument {
  struct Damage: Error, CustomStringConvertible {
    let description: String
  }

  static let url = fixturesFolder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs").appending(path: "keras-parity.md")

  /// Whether the tables are to be written rather than compared: LAMINA_PARITY is
  /// "write". `make parity` does that.
  static var isWritten: Bool { ProcessInfo.processInfo.environment["LAMINA_PARITY"] == "write" }

  /// Suites end at the same time.
  private static let lock = NSLock()

  private(set) var lines: [String]

  init(_ text: String) { lines = text.components(separatedBy: "\n") }

  var text: String { lines.joined(separator: "\n") }

  /// Where a topic's table stands, header included: the lines with "|" that come
  /// first after its heading.
  private func table(of topic: String) throws -> Range<Int> {
    let heading = "### " + topic.prefix(1).uppercased() + topic.dropFirst()
    guard let start = lines.firstIndex(of: heading) else {
      throw Damage(description: "docs/keras-parity.md has no heading \"\(heading)\"")
    }
    let rest = lines[(start + 1)...]
    let end = rest.firstIndex { $0.hasPrefix("#") } ?? rest.endIndex
    let first = rest[..<end].firstIndex { $0.hasPrefix("|") } ?? end
    return first..<(rest[first...].firstIndex { !$0.hasPrefix("|") } ?? rest.endIndex)
  }

  /// A topic's rows, without the header.
  func rows(of topic: String) throws -> [String] {
    Array(lines[try table(of: topic)].dropFirst(ParityTable.header.count))
  }

  mutating func replaceTable(of topic: String, rows: [String]) throws {
    let table = try table(of: topic)
    let isNew = table.isEmpty ? [""] : []
    lines.replaceSubrange(table, with: ParityTable.header + rows + isNew)
  }

  /// Writes a topic's table, or expects that the one in the document is about the
  /// same classes, cases, tensors and numbers.
  static func settle(_ topic: String, _ rows: [String]) throws {
    guard !rows.isEmpty else { return }
    try lock.withLock {
      var document = ParityDocument(try String(contentsOf: url, encoding: .utf8))
      if isWritten {
        try document.replaceTable(of: topic, rows: rows)
        return try Data(document.text.utf8).write(to: url, options: .atomic)
      }
      let written = try document.rows(of: topic).map { ParityTable.fixedCells(of: $0) }
      let compared = rows.map { ParityTable.fixedCells(of: $0) }
      if written == compared { return }
      throw Damage(
        description: """
          docs/keras-parity.md is not about what was compared (\(topic)); `make parity` writes it \
          anew. Compared: \(compared.filter { !written.contains($0) }); \
          written: \(written.filter { !compared.contains($0) })
          """)
    }
  }
}

/// After a suite that compares a topic's classes with Keras's: settles the topic's
/// table in docs/keras-parity.md.
struct KerasParityTrait: SuiteTrait, TestScoping {
  let topic: String

  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    test.isSuite ? self : nil
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    try ParityDocument.settle(topic, ParityTable.shared.rows(of: topic))
  }
}

extension Trait where Self == KerasParityTrait {
  static func kerasParity(_ topic: String) -> Self { KerasParityTrait(topic: topic) }
}
