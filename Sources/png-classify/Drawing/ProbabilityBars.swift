/// The probabilities of labels as bars, the best first.
struct ProbabilityBars {
  static let rowHeight = 30.0
  /// How many labels have a bar of their own.
  private static let mostLabels = 12
  private static let widestLabel = 220.0
  private static let percentWidth = 84.0

  private struct Row {
    let label: String
    let probability: Double
  }

  private let rows: [Row]

  init(_ predictions: [LabelledPrediction]) {
    let shown = predictions.count <= Self.mostLabels ? predictions.count : Self.mostLabels - 1
    var rows = predictions.prefix(shown).map {
      Row(label: printable($0.label), probability: Double($0.probability))
    }
    let others = predictions.dropFirst(shown)
    if !others.isEmpty {
      let sum = others.reduce(0) { $0 + Double($1.probability) }
      rows.append(Row(label: "\(others.count) others", probability: sum))
    }
    self.rows = rows
  }

  /// How many rows the drawing has; some also where there is nothing to draw.
  static func rowCount(of predictions: [LabelledPrediction]) -> Int {
    max(3, min(predictions.count, mostLabels))
  }

  fileprivate func draw(on canvas: inout Canvas, in frame: Frame) {
    let label = Lettering(height: 12)
    let widest = rows.map { label.width(of: $0.label) }.max() ?? 0
    let labelWidth = min(Self.widestLabel, widest.rounded(.up))
    let track = frame.width - labelWidth - 16 - Self.percentWidth
    for (index, row) in rows.enumerated() {
      let isBest = index == 0
      let weight: Lettering.Weight = isBest ? .bold : .regular
      let text = Lettering(height: 12, weight: weight)
      let top = frame.y + Double(index) * Self.rowHeight
      canvas.write(
        text.cut(row.label, toWidth: labelWidth + 2), at: Point(frame.x, top + 21), text)
      let bar = Frame(frame.x + labelWidth + 16, top + 6, track, Self.rowHeight - 12)
      canvas.fill(bar, .mat, radius: 4)
      let length = track * max(0, min(1, row.probability))
      if length >= 0.5 {
        canvas.fill(
          Frame(bar.x, bar.y, length, bar.height), isBest ? .blue : .paleBlue, radius: 4)
      }
      canvas.write(
        percent(row.probability), at: Point(frame.right, top + 21), text, .right)
    }
  }
}

extension Canvas {
  mutating func draw(_ bars: ProbabilityBars, in frame: Frame) {
    bars.draw(on: &self, in: frame)
  }
}
