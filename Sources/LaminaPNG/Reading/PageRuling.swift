/// What is ruled on a page around its digits and under them: tables, squared paper, a notebook's
/// lines, a form's cells.
struct PageRuling {
  /// All lines.
  private(set) var lines = RuledLines()
  /// The lines down of tables, squared paper and cells.
  private(set) var walls: [RuledLines.Line] = []

  /// The widest line, in pixels.
  private static let mostThickness = 16

  init(of components: InkComponents) {
    for part in components.components {
      var found = Self.gridLines(of: part, in: components)
      if found.isEmpty {
        let side = min(components.width, components.height)
        let thickness = max(2, min(side / 32, Self.mostThickness))
        found = components.longLines(of: part, thickness: thickness)
      }
      let isRuled = !found.isEmpty
      found =
        isRuled ? Self.followed(found, of: part, in: components) : components.frameLines(of: part)
      lines.add(found)
      if !found.across.isEmpty { walls += found.down }
    }
  }

  /// The lines of a part that has more of them than any digit has bars.
  private static func gridLines(
    of part: InkComponents.Component, in components: InkComponents
  ) -> RuledLines {
    let (columns, rows) = (part.box.columns, part.box.rows)
    let side = min(columns.count, rows.count)
    guard side >= 16 else { return RuledLines() }
    let lines = RuledLines(
      of: part, in: components, thickness: max(2, min(side / 12, mostThickness)),
      leastLength: 17 * side / 20
    ).filtered {
      20 * $0.span.count >= 17 * columns.count
    } down: {
      20 * $0.span.count >= 17 * rows.count
    }
    let (across, down) = (lines.across.count, lines.down.count)
    // An 8 of a display has five bars, but one of them alone is inside.
    let inner = lines.across.count { $0.isInside(rows) } + lines.down.count { $0.isInside(columns) }
    let isMore = across >= 4 || down >= 3 || (lines.count >= 4 && inner >= 2)
    return isMore && across >= 1 && down >= 1 ? lines : RuledLines()
  }

  /// The lines of a ruled part followed anew, as thin as most of them are, so that no stroke counts
  /// as one: those that are long, and shorter ones that begin or end at the part's edge.
  private static func followed(
    _ lines: RuledLines, of part: InkComponents.Component, in components: InkComponents
  ) -> RuledLines {
    let (columns, rows) = (part.box.columns, part.box.rows)
    let thicknesses = (lines.across + lines.down).map { $0.usualThickness }.sorted()
    let usual = thicknesses[thicknesses.count / 2]
    // Where the edge is a line itself, others end next to it.
    let reach = 2 * usual + 2
    func isRule(_ span: Range<Int>, along length: Range<Int>) -> Bool {
      20 * span.count >= 17 * length.count || span.lowerBound <= length.lowerBound + reach
        || span.upperBound >= length.upperBound - reach
    }
    func isThick(_ line: RuledLines.Line) -> Bool { line.usualThickness > usual }
    var result = lines.filtered(across: isThick, down: isThick).even
    result.add(
      RuledLines(
        of: part, in: components, thickness: usual + 1,
        leastLength: max(columns.count, rows.count) / 16
      ).filtered {
        !lines.across.isEmpty && isRule($0.span, along: columns)
      } down: {
        !lines.down.isEmpty && isRule($0.span, along: rows)
      })
    result.addCrossings()
    return result
  }
}
