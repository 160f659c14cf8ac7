extension TrainingCurves {
  /// The curves as a part of a page.
  var section: String {
    let drawings = charts.map { chart in
      "<div>\n<h3>\(escaped(chart.title))</h3>\n\(chart.svg)\n</div>"
    }
    return pageSection(
      "Training", id: "training",
      note: "Each epoch's values, on the data that it trained with." + legend,
      """
      <div class="columns">
      \(drawings.joined(separator: "\n"))
      </div>
      <details>
      <summary>The numbers</summary>
      \(scrollable("Training by epoch", table))
      </details>
      """)
  }

  /// The same as a page of its own.
  func page(title: String, lead: String) -> String {
    htmlPage(
      title: escaped(title),
      "<header>\n<h1>\(escaped(title))</h1>\n<p class=\"lead\">\(escaped(lead))</p>\n</header>\n"
        + section)
  }

  private var legend: String {
    let hasValidation = charts.contains { $0.series.contains(where: \.isValidation) }
    let hasBreaks = charts.contains { !$0.breaks.isEmpty }
    return (hasValidation ? " The dashed line is the validation data." : "")
      + (hasBreaks ? " An upright line is where another training began." : "")
  }

  private var table: String {
    let columns = measures.flatMap { chart in chart.series.map { (chart, $0) } }
    let heads = columns.map { chart, series in
      "<th scope=\"col\">\(escaped(chart.title.lowercased()))"
        + (series.isValidation ? "<br>\(escaped(series.name))" : "") + "</th>"
    }
    let count = measures.map(\.epochCount).max() ?? 0
    let rows = (0..<count).map { epoch in
      let cells = columns.map { chart, series in
        "<td>\(series.values[epoch].map { chart.text(of: $0) } ?? "none")</td>"
      }
      return "<tr><th scope=\"row\">\(epoch + 1)</th>\(cells.joined())</tr>"
    }
    return """
      <table class="plain">
      <thead><tr><th scope="col" class="text">epoch</th>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}

extension LineChart {
  fileprivate var svg: String {
    let (width, height, left, top) = (380.0, 200.0, 56.0, 10.0)
    func x(_ epoch: Int) -> String {
      fixed(left + 8 + (width - 16) * across(epoch: epoch), decimals: 2)
    }
    func y(_ value: Double) -> String { fixed(top + height * (1 - up(value)), decimals: 2) }
    let end = fixed(left + width, decimals: 2)
    let bottom = fixed(top + height, decimals: 2)
    var svg = SVG(
      width: left + width + 6, height: top + height + 44, title: "\(title) by epoch")
    for tick in valueTicks {
      svg.line("grid", fixed(left, decimals: 2), y(tick), end, y(tick))
      svg.text(text(ofTick: tick), x: fixed(left - 8, decimals: 1), y: y(tick), "end", shift: 4)
    }
    for start in breaks {
      let between = fixed(
        left + 8 + (width - 16) * (across(epoch: start) + across(epoch: start - 1)) / 2,
        decimals: 2)
      svg.line("axis", between, fixed(top, decimals: 2), between, bottom)
    }
    for tick in epochTicks {
      svg.text("\(tick + 1)", x: x(tick), y: bottom, "middle", shift: 18)
    }
    svg.text("epoch", x: fixed(left + width / 2, decimals: 1), y: bottom, "middle", shift: 38)
    for series in series {
      let style = series.isValidation ? " validation" : ""
      for stretch in stretches(of: series) {
        svg.polyline("series" + style, stretch.map { x($0.epoch) + "," + y($0.value) })
        for point in stretch where stretch.count == 1 || epochCount <= 30 {
          svg.circle(
            "dot" + style, x: x(point.epoch), y: y(point.value), radius: "3.5",
            title: "\(series.name), epoch \(point.epoch + 1): \(text(of: point.value))")
        }
      }
    }
    return svg.text
  }
}
