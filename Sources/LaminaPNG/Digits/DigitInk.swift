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
    var isInk = [Bool](repeating: false, count: Int(components.labelCount) + 1)
    for component in digit { isInk[Int(component.label)] = true }

    let labels = components.labels
    let places = box.rows.flatMap { row in box.columns.map { row * components.width + $0 } }
    let strokes = GreyImage(
      rows: box.rows.count, of: box.columns.count,
      pixels: places.map { isInk[Int(labels[$0])] ? 255 : 0 }
    ).maxima(radius: rim)
    let amounts = zip(places, strokes.pixels).map { place, isNear in
      let amount = ink.amounts.pixels[place]
      let isOwn = labels[place] == 0 || isInk[Int(labels[place])]
      return isNear > 0 && isOwn && amount >= ink.floor ? amount : 0
    }
    let whole = GreyImage(rows: box.rows.count, of: box.columns.count, pixels: amounts)
    guard let inner = whole.inkBox else { return nil }
    self.amounts = whole.cropped(to: inner)
    self.box = inner.moved(right: box.columns.lowerBound, down: box.rows.lowerBound)
  }

  private init(amounts: GreyImage, box: PixelBox) {
    self.amounts = amounts
    self.box = box
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
  /// The smallest part of the picture that holds all pixels above 0; nil if there are none.
  var inkBox: PixelBox? {
    var (left, right, top, bottom) = (width, 0, height, 0)
    for row in 0..<height {
      let line = pixels[row * width..<(row + 1) * width]
      guard let first = line.firstIndex(where: { $0 > 0 }),
        let last = line.lastIndex(where: { $0 > 0 })
      else { continue }
      left = min(left, first - line.startIndex)
      right = max(right, last - line.startIndex + 1)
      top = min(top, row)
      bottom = row + 1
    }
    return left < right ? PixelBox(columns: left..<right, rows: top..<bottom) : nil
  }
}
