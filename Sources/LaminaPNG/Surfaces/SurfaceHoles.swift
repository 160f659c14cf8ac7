/// A part of a picture, and what lies inside it.
struct SurfaceHoles {
  /// The part with all that it encloses.
  private(set) var outline = SecondMoments()
  /// From its first to its last column, in each row of its box.
  private(set) var rows: [Range<Int>] = []
  /// The part itself.
  private var part: Figure
  private var holes: [Figure] = []

  /// Pixels that touch, without what they enclose in turn.
  private struct Figure {
    let longerSide: Int
    var moments = SecondMoments()
    private var greys = 0

    init(longerSide: Int) { self.longerSide = longerSide }

    mutating func add(column: Int, row: Int, grey: UInt8) {
      moments.add(column: column, row: row)
      greys += Int(grey)
    }

    var meanGrey: Int { greys / max(moments.area, 1) }
  }

  init(in part: InkComponents.Component, of parts: InkComponents, _ picture: GreyImage) {
    let box = part.box
    self.part = Figure(longerSide: box.longerSide)
    let others = InkComponents(around: part, in: parts)
    // By label: which hole it is; nil where it lies around the part.
    var holeOfLabel = [Int?](repeating: nil, count: Int(others.labelCount) + 1)
    for other in others.components where !others.isAtBorder(other) {
      holeOfLabel[Int(other.label)] = holes.count
      holes.append(Figure(longerSide: other.box.longerSide))
    }
    for row in box.rows {
      let line = (row - box.rows.lowerBound + 1) * others.width - box.columns.lowerBound + 1
      var ends = box.columns
      var isOutside = true
      for column in box.columns {
        let label = Int(others.labels[line + column])
        let hole = holeOfLabel[label]
        guard label == 0 || hole != nil else { continue }
        outline.add(column: column, row: row)
        ends = (isOutside ? column : ends.lowerBound)..<column + 1
        isOutside = false
        let place = row * parts.width + column
        if let hole {
          guard parts.labels[place] == 0 else { continue }
          holes[hole].add(column: column, row: row, grey: picture.pixels[place])
        } else {
          self.part.add(column: column, row: row, grey: picture.pixels[place])
        }
      }
      rows.append(ends)
    }
  }

  /// Whether the part has next to no holes.
  var areSpecks: Bool { 20 * part.moments.area >= 19 * outline.area }

  /// The mean of the part's own greys.
  var meanGrey: Int { part.meanGrey }

  /// Whether one hole at least is a stroke of writing.
  ///
  /// - Parameter mayBeStraight: whether a straight one counts, if it is the only one.
  func areStrokes(of subject: SurfaceSearch.Subject, mayBeStraight: Bool) -> Bool {
    let (smallest, most) = subject == .page ? (120, 5_000) : (14, 30)
    // A frame encloses more than this; grain has more holes.
    guard 5 * part.moments.area >= 3 * outline.area, holes.count < most else { return false }
    let large = holes.filter { $0.longerSide >= 6 && smallest * $0.longerSide >= part.longerSide }
    return large.contains { hole in
      guard hole.moments.area > 8, abs(hole.meanGrey - part.meanGrey) >= 32 else { return false }
      let isStraight = hole.moments.roundness < 0.4 && 8 * hole.moments.area < outline.area
      return hole.moments.compactness < 10 || (mayBeStraight && isStraight && large.count == 1)
    }
  }
}

extension InkComponents {
  /// What lies in and around a part, in its box with a margin of a pixel.
  fileprivate init(around part: Component, in components: InkComponents) {
    let box = part.box
    let (columns, rows) = (box.columns.count + 2, box.rows.count + 2)
    var pixels = [UInt8](repeating: 255, count: columns * rows)
    for row in box.rows {
      let line = (row - box.rows.lowerBound + 1) * columns - box.columns.lowerBound + 1
      for column in box.columns
      where components.labels[row * components.width + column] == part.label {
        pixels[line + column] = 0
      }
    }
    self.init(of: GreyImage(rows: rows, of: columns, pixels: pixels), threshold: 255)
  }
}
