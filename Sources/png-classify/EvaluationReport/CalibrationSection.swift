import Lamina

/// Whether the probabilities mean what they say.
struct CalibrationSection {
  private static let side = 360.0
  private static let left = 48.0
  private static let top = 14.0

  let calibration: CalibrationError

  var html: String {
    pageSection(
      "Calibration", id: "calibration",
      note: "Of the pictures whose best label has a probability of 80 %, 80 % should be right: "
        + "columns should end on the dotted line. The thin lines are the range in which the true "
        + "fraction lies with a certainty of 95 %. The expected calibration error is the mean "
        + "distance from the dotted line, weighed by the pictures: "
        + "<strong>\(percent(calibration.expected))</strong>.",
      "<div class=\"columns\">\n\(diagram)\n\(table)\n</div>")
  }

  private var filledBins: [CalibrationError.Bin] { calibration.bins.filter { $0.count > 0 } }

  private var diagram: String {
    let (side, left, top) = (Self.side, Self.left, Self.top)
    func x(_ value: Double) -> String { fixed(left + side * value, decimals: 2) }
    func y(_ value: Double) -> String { fixed(top + side * (1 - value), decimals: 2) }
    var svg = SVG(
      width: left + side + 12, height: top + side + 48,
      title: "Reliability diagram: how often answers are right, by their probability")
    for tick in 0...5 {
      let value = Double(tick) / 5
      svg.line("grid", x(0), y(value), x(1), y(value))
      svg.text(percentTick(value), x: fixed(left - 8, decimals: 1), y: y(value), "end", shift: 4)
      svg.text(percentTick(value), x: x(value), y: y(0), "middle", shift: 20)
    }
    for bin in filledBins {
      let width = side * (bin.upper - bin.lower) - 2
      svg.rectangle(
        "column", x: fixed(left + side * bin.lower + 1, decimals: 2), y: y(bin.accuracy),
        width: fixed(width, decimals: 2), height: fixed(side * bin.accuracy, decimals: 2),
        title: sentence(about: bin))
    }
    svg.line("ideal", x(0), y(0), x(1), y(1))
    for bin in filledBins {
      let right = Int((bin.accuracy * Double(bin.count)).rounded())
      let range = interval(right: right, of: bin.count)
      let middle = x((bin.lower + bin.upper) / 2)
      svg.line("whisker", middle, y(range.lower), middle, y(range.upper))
    }
    svg.line("axis", x(0), y(0), x(1), y(0))
    svg.text("probability of the best label", x: x(0.5), y: y(0), "middle", shift: 42)
    svg.text("fraction that is right", x: x(0), y: fixed(top, decimals: 1), "start", shift: -4)
    return svg.text
  }

  private func sentence(about bin: CalibrationError.Bin) -> String {
    "\(counted(bin.count, "picture")) with a probability of \(percentRange(bin)): "
      + "\(percent(bin.accuracy)) right, \(percent(bin.confidence)) expected"
  }

  private func percentRange(_ bin: CalibrationError.Bin) -> String {
    "\(fixed(100 * bin.lower, decimals: 0)) to \(fixed(100 * bin.upper, decimals: 0)) %"
  }

  private func percentTick(_ value: Double) -> String { fixed(100 * value, decimals: 0) + " %" }

  private var table: String {
    let rows = filledBins.map { bin in
      "<tr><th scope=\"row\">\(percentRange(bin))</th><td>\(grouped(bin.count))</td>"
        + "<td>\(percent(bin.confidence))</td><td>\(percent(bin.accuracy))</td></tr>"
    }
    return scrollable(
      "Calibration by probability",
      """
      <table class="plain">
      <thead><tr><th scope="col" class="text">probability</th><th scope="col">pictures</th>\
      <th scope="col">mean</th><th scope="col">right</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """)
  }
}
