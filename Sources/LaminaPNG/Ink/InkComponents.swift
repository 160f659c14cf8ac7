/// The connected parts of a picture's ink, strokes and specks alike.
struct InkComponents {
  /// A connected part: pixels at or above the threshold that touch, also at corners.
  struct Component {
    /// What its pixels have in `labels`.
    let label: Int32
    var box: PixelBox
    /// Pixels.
    var area = 0
    /// The sum of the amounts.
    var mass = 0
    /// Pixels that are ink for the greater part.
    var coreArea = 0
  }

  /// The amount from which a pixel belongs to a stroke's core.
  private static let core: UInt8 = 153

  /// For each pixel the label of its component, 0 where there is no ink.
  private(set) var labels: [Int32]
  /// In the order of their first pixel.
  private(set) var components: [Component] = []
  /// The greatest label.
  private(set) var labelCount: Int32 = 0
  let width: Int
  let height: Int

  /// - Parameter crumb: parts whose longer side has at most so many pixels are left out.
  init(of ink: Ink, crumb: Int = 0) {
    self.init(of: ink.amounts, threshold: ink.threshold, crumb: crumb)
  }

  /// The parts of a picture that are as light as a threshold, or lighter.
  init(of picture: GreyImage, threshold: UInt8, crumb: Int = 0) {
    width = picture.width
    height = picture.height
    labels = [Int32](repeating: 0, count: picture.pixels.count)
    let amounts = picture.pixels
    for first in amounts.indices where amounts[first] >= threshold && labels[first] == 0 {
      labelCount &+= 1
      let component = fill(from: first, labelCount, amounts, threshold)
      if component.box.longerSide > crumb { components.append(component) }
    }
  }

  /// Whether a part touches the picture's border.
  func isAtBorder(_ part: Component) -> Bool {
    let box = part.box
    return box.columns.lowerBound == 0 || box.columns.upperBound == width
      || box.rows.lowerBound == 0 || box.rows.upperBound == height
  }

  /// Labels the component that a pixel belongs to: the run of ink in its row, and those that touch
  /// it in the rows above and below, and so on.
  private mutating func fill(
    from first: Int, _ label: Int32, _ amounts: [UInt8], _ threshold: UInt8
  ) -> Component {
    let (row, column) = first.quotientAndRemainder(dividingBy: width)
    var component = Component(
      label: label, box: PixelBox(columns: column..<column + 1, rows: row..<row + 1))
    var waiting = [(row: row, column: column)]
    while let (row, column) = waiting.popLast() {
      let line = row * width
      guard labels[line + column] == 0 else { continue }
      var (left, right) = (column, column + 1)
      while left > 0, amounts[line + left - 1] >= threshold { left -= 1 }
      while right < width, amounts[line + right] >= threshold { right += 1 }
      for place in line + left..<line + right {
        labels[place] = label
        component.mass += Int(amounts[place])
        if amounts[place] >= Self.core { component.coreArea += 1 }
      }
      component.area += right - left
      component.box = component.box.union(PixelBox(columns: left..<right, rows: row..<row + 1))
      for next in [row - 1, row + 1] where next >= 0 && next < height {
        var isInRun = false
        for column in max(left - 1, 0)..<min(right + 1, width) {
          let place = next * width + column
          let isInk = amounts[place] >= threshold && labels[place] == 0
          if isInk, !isInRun { waiting.append((next, column)) }
          isInRun = isInk
        }
      }
    }
    return component
  }
}
