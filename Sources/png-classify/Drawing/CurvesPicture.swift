extension TrainingCurves {
  /// The charts as a picture, two in a row.
  func drawn(title: String, lead: String) -> Canvas {
    let (margin, gap, top) = (48.0, 56.0, 124.0)
    let (chartWidth, chartHeight) = (560.0, 380.0)
    let columns = max(1, min(2, charts.count))
    let rows = max(1, (charts.count + 1) / 2)
    var canvas = Canvas(
      width: Int(2 * margin + Double(columns) * (chartWidth + gap) - gap),
      height: Int(top + Double(rows) * (chartHeight + gap) - gap + margin))
    let room = Double(canvas.width) - 2 * margin
    let heading = Lettering(height: 20, weight: .bold)
    let note = Lettering(height: 12, colour: .quiet)
    canvas.write(
      heading.cut(printable(title), toWidth: room), at: Point(margin, 64), heading)
    canvas.write(note.cut(printable(lead), toWidth: room), at: Point(margin, 94), note)
    for (index, chart) in charts.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: 2)
      canvas.draw(
        chart,
        in: Frame(
          margin + Double(column) * (chartWidth + gap), top + Double(row) * (chartHeight + gap),
          chartWidth, chartHeight))
    }
    return canvas
  }
}

extension Canvas {
  /// Draws a chart with its title and its axes into a frame.
  mutating func draw(_ chart: LineChart, in frame: Frame) {
    let title = Lettering(height: 14, weight: .bold)
    let label = Lettering(height: 10.5, colour: .quiet)
    write(chart.title, at: Point(frame.x, frame.y + 18), title)
    drawLegend(of: chart, endingAt: Point(frame.right, frame.y + 18))
    let ticks = chart.valueTicks.map { (value: $0, text: chart.text(ofTick: $0)) }
    let left = (ticks.map { label.width(of: $0.text) }.max() ?? 0).rounded(.up) + 12
    let plot = Frame(frame.x + left, frame.y + 44, frame.width - left, frame.height - 44 - 50)
    for tick in ticks {
      let y = (plot.bottom - plot.height * chart.up(tick.value)).rounded() + 0.5
      stroke(Strokes([[Point(plot.x, y), Point(plot.right, y)]]), .pale, lineWidth: 1)
      write(tick.text, at: Point(plot.x - 12, y + 5), label, .right)
    }
    func place(_ epoch: Double, _ value: Double) -> Point {
      Point(plot.x + 10 + (plot.width - 20) * epoch, plot.bottom - plot.height * value)
    }
    for start in chart.breaks {
      let middle = (chart.across(epoch: start) + chart.across(epoch: start - 1)) / 2
      stroke(Strokes([[place(middle, 0), place(middle, 1)]]), .quiet, lineWidth: 1)
    }
    for epoch in chart.epochTicks {
      let x = place(chart.across(epoch: epoch), 0).x
      write("\(epoch + 1)", at: Point(x, plot.bottom + 22), label, .centre)
    }
    write("epoch", at: Point(plot.middle.x, plot.bottom + 46), label, .centre)
    for series in chart.series {
      let lines = chart.stretches(of: series).map { stretch in
        stretch.map { place(chart.across(epoch: $0.epoch), chart.up($0.value)) }
      }
      draw(lines, of: series, hasDots: chart.epochCount <= 30)
    }
  }

  private mutating func draw(_ lines: [[Point]], of series: LineChart.Series, hasDots: Bool) {
    let strokes = series.isValidation ? lines.flatMap { dashes(along: $0) } : lines
    stroke(Strokes(strokes), colour(of: series), lineWidth: 2.5)
    let dots = lines.filter { hasDots || $0.count == 1 }.joined().map { [$0] }
    stroke(Strokes(dots), colour(of: series), lineWidth: 8)
  }

  private func colour(of series: LineChart.Series) -> Colour {
    series.isValidation ? .orange : .blue
  }

  /// Names the lines where there are several.
  private mutating func drawLegend(of chart: LineChart, endingAt end: Point) {
    guard chart.series.count > 1 else { return }
    let label = Lettering(height: 10.5, colour: .quiet)
    var x = end.x
    for series in chart.series.reversed() {
      write(series.name, at: Point(x, end.y), label, .right)
      x -= label.width(of: series.name) + 10
      let line = [Point(x - 28, end.y - 5), Point(x, end.y - 5)]
      let strokes = series.isValidation ? dashes(along: line) : [line]
      stroke(Strokes(strokes), colour(of: series), lineWidth: 2.5)
      x -= 28 + 24
    }
  }

  /// A line in pieces, with gaps between them.
  private func dashes(along line: [Point]) -> [[Point]] {
    let (dash, period) = (8.0, 14.0)
    var (dashes, done): ([[Point]], Double) = ([], 0)
    for (start, end) in zip(line, line.dropFirst()) {
      let (dx, dy) = (end.x - start.x, end.y - start.y)
      let length = (dx * dx + dy * dy).squareRoot()
      func point(_ distance: Double) -> Point {
        let part = length > 0 ? max(0, min(1, (distance - done) / length)) : 0
        return Point(start.x + part * dx, start.y + part * dy)
      }
      var first = (done / period).rounded(.down) * period
      while first < done + length {
        if first + dash > done {
          dashes.append([point(max(first, done)), point(min(first + dash, done + length))])
        }
        first += period
      }
      done += length
    }
    return dashes
  }
}
