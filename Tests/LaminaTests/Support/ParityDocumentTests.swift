import Foundation
import Testing

@testable import Lamina

@Suite struct ParityDocumentTests {
  private let text = """
    # Title

    ### Layers

    Some words.

    | Class | Cases |
    | --- | ---: |
    | Dense | 1 | 2 | 3 | 0.50 | 0 |

    ### Losses

    Other words.

    ## End
    """

  @Test func rowsAreThoseBelowTheHeading() throws {
    let document = ParityDocument(text)
    #expect(try document.rows(of: "layers") == ["| Dense | 1 | 2 | 3 | 0.50 | 0 |"])
    #expect(try document.rows(of: "losses").isEmpty)
    #expect(throws: ParityDocument.Damage.self) { try document.rows(of: "metrics") }
  }

  @Test func tablesAreReplacedAndTheRestStays() throws {
    var document = ParityDocument(text)
    try document.replaceTable(of: "layers", rows: ["| Add | 4 | 5 | 6 | 0.00 | 0 |"])
    try document.replaceTable(of: "losses", rows: ["| Huber | 7 | 8 | 9 | 0.00 | 0 |"])
    #expect(try document.rows(of: "layers") == ["| Add | 4 | 5 | 6 | 0.00 | 0 |"])
    #expect(try document.rows(of: "losses") == ["| Huber | 7 | 8 | 9 | 0.00 | 0 |"])
    for line in text.components(separatedBy: "\n") where !line.hasPrefix("|") {
      #expect(document.lines.contains(line))
    }
    let again = document.text
    try document.replaceTable(of: "losses", rows: ["| Huber | 7 | 8 | 9 | 0.00 | 0 |"])
    #expect(document.text == again)
  }

  @Test func figuresOfTheProcessorAreNotCompared() {
    #expect(
      ParityTable.fixedCells(of: "| Dense | 1 | 2 | 3 | 0.50 | 0 |") == ["Dense", "1", "2", "3"])
  }

  /// A topic whose suite does not run has nothing to compare.
  @Test func theDocumentHasATableOfEachTopic() throws {
    let text = try String(contentsOf: ParityDocument.url, encoding: .utf8)
    let document = ParityDocument(text)
    // Drawn numbers differ; the distributions are compared.
    let topics = try FileManager.default.contentsOfDirectory(atPath: KerasFixture.folder.path)
      .filter { $0 != "initializers" && (try? KerasFixture.classNames(of: $0))?.isEmpty == false }
    #expect(topics.count >= 8)
    for topic in topics { #expect(!(try document.rows(of: topic)).isEmpty, "\(topic)") }
  }
}
