/// The ink of one digit alone, cut out at its edges.
struct DigitInk {
  /// The amounts of ink, 0 where there is paper or another's ink.
  let amounts: GreyImage
  /// Where in the picture it was.
  let box: PixelBox

  /// Cuts components out, with the faint rims of their strokes; nil where nothing is left.
  init?(_ digit: [InkComponents.Component], in components: InkComponents, of ink: Ink) {
    guard let first = digit.first else { return nil }
    let core = digit.dropFirst().reduce(first.box) { $0.union($1.box) }
    let rim = core.longerSide > 60 ? 2 : 1
    let box = core.expanded(by: rim, width: components.width, height: components.height)
    let kinds = Self.kinds(in: box, of: digit, components)
    let near = kinds.maxima(radius: rim)
    let whole = ink.amounts.cropped(to: box).own(kinds, near: near, floor: ink.floor)
    guard let inner = whole.inkBox else { return nil }
    self.amounts = whole.cropped(to: inner)
    self.box = inner.moved(right: box.columns.lowerBound, down: box.rows.lowerBound)
  }

  // What a pixel is to the digit.
  fileprivate static let foreign: UInt8 = 0
  private static let paper: UInt8 = 1
  fileprivate static let stroke: UInt8 = 2

  /// Of each pixel in a box, what it is to a digit.
  private static func kinds(
    in box: PixelBox, of digit: [InkComponents.Component], _ components: InkComponents
  ) -> GreyImage {
    var kindOfLabel = [UInt8](repeating: foreign, count: Int(components.labelCount) + 1)
    kindOfLabel[0] = paper
    for component in digit { kindOfLabel[Int(component.label)] = stroke }
    var pixels = [UInt8](repeating: foreign, count: box.rows.count * box.columns.count)
    var kinds = pixels.mutableSpan
    let allLabels = components.labels.span
    var index = 0
    for row in box.rows {
      let first = row * components.width
      let labels = allLabels.extracting(
        first + box.columns.lowerBound..<first + box.columns.upperBound)
      for column in labels.indices {
        kinds[index] = kindOfLabel[Int(labels[column])]
        index += 1
      }
    }
    return GreyImage(rows: box.rows.count, of: box.columns.count, pixels: pixels)
  }

  private init(amounts: GreyImage, box: PixelBox) {
    self.amounts = amounts
    self.box = box
  }

  func moved(right: Int, down: Int) -> DigitInk {
    DigitInk(amounts: amounts, box: box.moved(right: right, down: down))
  }

  /// The ink in some of the columns; nil where they have none.
  func cropped(to columns: Range<Int>) -> DigitInk? {
    let part = PixelBox(columns: columns, rows: 0..<amounts.height)
    guard let inner = amounts.cropped(to: part).inkBox else { return nil }
    let place = inner.moved(right: columns.lowerBound, down: 0)
    return DigitInk(
      amounts: amounts.cropped(to: place),
      box: place.moved(right: box.columns.lowerBound, down: box.rows.lowerBound))
  }
}

extension GreyImage {
  /// The amounts of ink that belong to a digit: at its strokes or next to them, not another's, and
  /// above the paper's noise.
  fileprivate func own(_ kinds: GreyImage, near: GreyImage, floor: UInt8) -> GreyImage {
    combined(with: kinds) { $1 == DigitInk.foreign || $0 < floor ? 0 : $0 }
      .combined(with: near) { $1 == DigitInk.stroke ? $0 : 0 }
  }

  /// The smallest part of the picture that holds all pixels above 0; nil if there are none.
  var inkBox: PixelBox? {
    let pixels = pixels.span
    var (left, right, top, bottom) = (width, 0, height, 0)
    for row in 0..<height {
      let line = pixels.extracting(row * width..<(row + 1) * width)
      var (first, end) = (0, width)
      while first < end, line[first] == 0 { first += 1 }
      while end > first, line[end - 1] == 0 { end -= 1 }
      guard first < end else { continue }
      left = min(left, first)
      right = max(right, end)
      top = min(top, row)
      bottom = row + 1
    }
    return left < right ? PixelBox(columns: left..<right, rows: top..<bottom) : nil
  }
}
