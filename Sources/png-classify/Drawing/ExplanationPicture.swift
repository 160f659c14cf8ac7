import LaminaPNG

extension Explanation {
  /// The steps side by side, with the probabilities below them.
  func drawn() -> Canvas {
    let layout = ExplanationLayout(rowCount: ProbabilityBars.rowCount(of: predictions))
    var canvas = Canvas(width: layout.width, height: layout.height)
    canvas.drawHeading(of: self, layout)
    for (index, panel) in panels.enumerated() {
      canvas.draw(panel, number: index + 1, in: layout.panel(index))
      if index > 0 { canvas.drawArrow(before: layout.panel(index)) }
    }
    if let reason {
      canvas.draw(reason: reason, in: layout.lower)
    } else {
      canvas.draw(ProbabilityBars(predictions), in: layout.lower)
    }
    return canvas
  }

  private var picture: Picture { steps.original }

  private var panels: [Panel] {
    [
      Panel(title: "Original", note: sizeNote, picture: ShownPicture(picture)),
      panel("Ink", "the paper is gone", steps.ink),
      steps.box.map { boxPanel($0) } ?? panel("Box", "", nil),
      panel("28x28", "what the network sees", steps.digit),
    ]
  }

  private func panel(_ title: String, _ note: String, _ image: GreyImage?) -> Panel {
    Panel(
      title: title, note: image == nil ? "not found" : note,
      picture: image.map { ShownPicture($0) })
  }

  /// The digit's box; of a large picture only what is near.
  private func boxPanel(_ box: PixelBox) -> Panel {
    let (columns, rows) = (box.columns, box.rows)
    let longer = max(columns.count, rows.count)
    let note = boxNote(box)
    guard 3 * longer < max(picture.width, picture.height) else {
      return Panel(title: "Box", note: note, picture: ShownPicture(picture), box: box)
    }
    let near = PixelBox(
      columns: max(
        0, columns.lowerBound - longer)..<min(picture.width, columns.upperBound + longer),
      rows: max(0, rows.lowerBound - longer)..<min(picture.height, rows.upperBound + longer))
    let seen = PixelBox(
      columns: columns.lowerBound - near.columns.lowerBound..<columns.upperBound
        - near.columns.lowerBound,
      rows: rows.lowerBound - near.rows.lowerBound..<rows.upperBound - near.rows.lowerBound)
    return Panel(
      title: "Box", note: note, picture: ShownPicture(picture).cropped(to: near), box: seen)
  }

  private var sizeNote: String {
    let size = "\(picture.fileWidth) x \(picture.fileHeight)"
    // Short enough for the panel's width where the picture is large.
    return picture.reduction > 1 ? size + ", reduced \(picture.reduction) times" : size + " pixels"
  }

  /// In the file's pixels, as far as a reduction left them apart.
  private func boxNote(_ box: PixelBox) -> String {
    let factor = picture.reduction
    let (left, top) = (factor * box.columns.lowerBound, factor * box.rows.lowerBound)
    let right = min(picture.fileWidth, factor * box.columns.upperBound)
    let bottom = min(picture.fileHeight, factor * box.rows.upperBound)
    return "\(right - left) x \(bottom - top) pixels at \(left), \(top)"
  }
}

/// One step: a picture in a square.
private struct Panel {
  let title: String
  let note: String
  /// Nil where the way ended before.
  var picture: ShownPicture?
  /// A part of the picture that is marked.
  var box: PixelBox?
}

/// Where everything is.
private struct ExplanationLayout {
  static let margin = 48.0
  static let side = 252.0
  static let gap = 44.0
  static let panelTop = 128.0
  static let panelCount = 4

  /// How many rows the lower part has.
  let rowCount: Int

  var width: Int {
    Int(2 * Self.margin + Double(Self.panelCount) * (Self.side + Self.gap) - Self.gap)
  }

  var height: Int {
    Int(lower.bottom + Self.margin)
  }

  /// A panel's square, without its caption.
  func panel(_ index: Int) -> Frame {
    Frame(
      Self.margin + Double(index) * (Self.side + Self.gap), Self.panelTop, Self.side, Self.side)
  }

  /// The bars, or what is said in their place.
  var lower: Frame {
    Frame(
      Self.margin, Self.panelTop + Self.side + 96, Double(width) - 2 * Self.margin,
      Double(rowCount) * ProbabilityBars.rowHeight)
  }
}

extension Canvas {
  fileprivate mutating func drawHeading(of explanation: Explanation, _ layout: ExplanationLayout) {
    let room = Double(width) - 2 * ExplanationLayout.margin
    let title = Lettering(height: 22, weight: .bold)
    let quiet = Lettering(height: 12, colour: .quiet)
    let name = quiet.cut(printable(explanation.name), toWidth: room)
    write(name, at: Point(ExplanationLayout.margin, 54), quiet)
    let start = Point(ExplanationLayout.margin, 94)
    guard let best = explanation.predictions.first else {
      return write("No digit found", at: start, title)
    }
    let probability = Lettering(height: 22, colour: .quiet)
    let number = percent(Double(best.probability))
    let label = title.cut(
      printable(best.label), toWidth: room - 24 - probability.width(of: number))
    write(label, at: start, title)
    write(number, at: Point(start.x + title.width(of: label) + 24, start.y), probability)
  }

  fileprivate mutating func draw(_ panel: Panel, number: Int, in square: Frame) {
    fill(square, .mat)
    if let picture = panel.picture {
      let frame = square.fitting(width: picture.width, height: picture.height)
      show(picture, in: frame)
      outline(frame, .pale)
      if let box = panel.box {
        mark(box, of: picture, in: frame)
      }
    } else {
      let middle = square.middle
      let dash = Strokes([[Point(middle.x - 12, middle.y), Point(middle.x + 12, middle.y)]])
      stroke(dash, .quiet, lineWidth: 3)
    }
    outline(square, .pale)
    let title = Lettering(height: 13, weight: .bold)
    let note = Lettering(height: 10.5, colour: .quiet)
    write(
      "\(number)", at: Point(square.x, square.bottom + 30), Lettering(height: 13, colour: .blue))
    write(panel.title, at: Point(square.x + 20, square.bottom + 30), title)
    write(
      note.cut(panel.note, toWidth: square.width), at: Point(square.x, square.bottom + 52), note)
  }

  /// Darkens nothing but what lies outside of the box, and frames it.
  private mutating func mark(_ box: PixelBox, of picture: ShownPicture, in frame: Frame) {
    let (across, down) = (
      frame.width / Double(picture.width), frame.height / Double(picture.height)
    )
    let marked = Frame(
      frame.x + Double(box.columns.lowerBound) * across,
      frame.y + Double(box.rows.lowerBound) * down, Double(box.columns.count) * across,
      Double(box.rows.count) * down)
    dim(frame, outside: marked, .mat, opacity: 0.6)
    outline(marked, .white, lineWidth: 5)
    outline(marked, .orange, lineWidth: 2.5)
  }

  fileprivate mutating func drawArrow(before panel: Frame) {
    let tip = Point(panel.x - ExplanationLayout.gap / 2 + 4, panel.middle.y)
    let arrow = Strokes([
      [Point(tip.x - 8, tip.y - 9), tip, Point(tip.x - 8, tip.y + 9)]
    ])
    stroke(arrow, .quiet, lineWidth: 2.5)
  }

  fileprivate mutating func draw(reason: String, in frame: Frame) {
    let lettering = Lettering(height: 13)
    for (index, line) in lettering.lines(of: printable(reason), width: frame.width).enumerated() {
      write(line, at: Point(frame.x, frame.y + 20 + 28 * Double(index)), lettering)
    }
  }
}

extension ShownPicture {
  init(_ picture: Picture) {
    self.init(
      width: picture.width, height: picture.height, channels: picture.channels,
      pixels: picture.pixels)
  }

  /// A part of the picture, which must lie in it.
  func cropped(to box: PixelBox) -> ShownPicture {
    let pixels = box.rows.flatMap { row in
      let start = row * width
      return self.pixels[
        (start + box.columns.lowerBound) * channels..<(start + box.columns.upperBound) * channels]
    }
    return ShownPicture(
      width: box.columns.count, height: box.rows.count, channels: channels, pixels: pixels)
  }
}
