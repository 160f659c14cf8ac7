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
    width = ink.amounts.width
    height = ink.amounts.height
    labels = [Int32](repeating: 0, count: ink.amounts.pixels.count)
    for first in labels.indices
    where ink.amounts.pixels[first] >= ink.threshold && labels[first] == 0 {
      labelCount &+= 1
      let component = fill(from: first, labelCount, ink)
      if component.box.longerSide > crumb { components.append(component) }
    }
  }

  /// Labels the component that a pixel belongs to.
  private mutating func fill(from first: Int, _ label: Int32, _ ink: Ink) -> Component {
    let amounts = ink.amounts.pixels
    var component = Component(label: label, box: Self.box(of: first, width: width))
    var waiting = [first]
    labels[first] = label
    while let place = waiting.popLast() {
      component.box = component.box.union(Self.box(of: place, width: width))
      component.area += 1
      component.mass += Int(amounts[place])
      if amounts[place] >= Self.core { component.coreArea += 1 }
      let (row, column) = place.quotientAndRemainder(dividingBy: width)
      for y in max(row - 1, 0)...min(row + 1, height - 1) {
        for neighbour in y * width + max(column - 1, 0)...y * width + min(column + 1, width - 1)
        where labels[neighbour] == 0 && amounts[neighbour] >= ink.threshold {
          labels[neighbour] = label
          waiting.append(neighbour)
        }
      }
    }
    return component
  }

  private static func box(of place: Int, width: Int) -> PixelBox {
    let (row, column) = place.quotientAndRemainder(dividingBy: width)
    return PixelBox(columns: column..<column + 1, rows: row..<row + 1)
  }
}
