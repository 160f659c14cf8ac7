/// A table with frames around its cells, as the library rich draws it for Keras
/// on 80 columns. Long cells are wrapped between words; a word that is too long
/// ends in an ellipsis.
struct SummaryTable {
  struct Column {
    let title: String
    /// With a space on each side.
    let width: Int
    let isRightAligned: Bool

    init(_ title: String, width: Int, isRightAligned: Bool = false) {
      self.title = title
      self.width = width
      self.isRightAligned = isRightAligned
    }
  }

  struct Layout {
    let columns: [Column]

    /// For layers that follow each other.
    static let sequential = Layout(columns: [
      Column("Layer (type)", width: 33), Column("Output Shape", width: 24),
      Column("Param #", width: 15, isRightAligned: true),
    ])

    static let connected = Layout(columns: [
      Column("Layer (type)", width: 21), Column("Output Shape", width: 19),
      Column("Param #", width: 12, isRightAligned: true), Column("Connected to", width: 19),
    ])
  }

  private let columns: [Column]
  private var rows = ""

  init(_ layout: Layout) {
    columns = layout.columns
  }

  /// Adds a row of one cell for each column.
  mutating func add(_ cells: [String]) {
    if !rows.isEmpty { rows += rule("├", "─", "┼", "┤") }
    rows += row(cells, bar: "│")
  }

  var text: String {
    rule("┏", "━", "┳", "┓") + row(columns.map { $0.title }, bar: "┃")
      + rule("┡", "━", "╇", "┩") + rows + rule("└", "─", "┴", "┘")
  }

  private func rule(_ left: String, _ line: String, _ cross: String, _ right: String) -> String {
    var text = left
    for (index, column) in columns.enumerated() {
      text += (index > 0 ? cross : "") + String(repeating: line, count: column.width)
    }
    return text + right + "\n"
  }

  private func row(_ cells: [String], bar: String) -> String {
    var lines: [[String]] = []
    for (cell, column) in zip(cells, columns) {
      lines.append(TextWrapping.lines(of: cell, width: column.width - 2))
    }
    let height = lines.reduce(1) { max($0, $1.count) }
    var text = ""
    for index in 0..<height {
      for (column, lines) in zip(columns, lines) {
        let line = index < lines.count ? lines[index] : ""
        text += bar + " " + aligned(line, column) + " "
      }
      text += bar + "\n"
    }
    return text
  }

  private func aligned(_ line: String, _ column: Column) -> String {
    let space = String(repeating: " ", count: max(0, column.width - 2 - line.count))
    return column.isRightAligned ? space + line : line + space
  }
}
