/// The lines that go down between a page's digits, such as those of a table or of a form's cells.
struct CellWalls {
  /// Where two neighbours of a line stand.
  enum Place {
    /// In two cells.
    case walled
    /// In the same cell, which has walls at its left and at its right.
    case inCell
    /// Beside the cells, or where there are none.
    case open
  }

  private let walls: [RuledLines.Line]

  /// - Parameters:
  ///   - lines: those that go down.
  ///   - digits: the boxes of each line of the page. Where they stand across the lines, these are
  ///     of squared paper and no walls.
  init(_ lines: [RuledLines.Line], around digits: [[PixelBox]]) {
    let boxes = digits.flatMap { $0 }
    let cut = boxes.count { box in
      let margin = box.columns.count / 5
      return Self.places(of: lines, at: box.rows).contains {
        $0 >= box.columns.lowerBound + margin && $0 < box.columns.upperBound - margin
      }
    }
    walls = 10 * cut > boxes.count ? [] : lines
  }

  /// Where two neighbours stand.
  func place(of left: PixelBox, _ right: PixelBox) -> Place {
    func middle(_ box: PixelBox) -> Int { (box.columns.lowerBound + box.columns.upperBound) / 2 }
    let (first, last) = (middle(left), middle(right))
    let places = Self.places(of: walls, at: left.union(right).rows)
    if places.contains(where: { first < $0 && $0 < last }) { return .walled }
    let isInCell = places.contains { $0 <= first } && places.contains { $0 >= last }
    return isInCell ? .inCell : .open
  }

  /// The columns of the lines that go through the middle of some rows.
  private static func places(of lines: [RuledLines.Line], at rows: Range<Int>) -> [Int] {
    let row = (rows.lowerBound + rows.upperBound) / 2
    return lines.filter { $0.span.contains(row) }.map { line in
      let columns = line.pixels(nearest: row)
      return (columns.lowerBound + columns.upperBound) / 2
    }
  }
}
