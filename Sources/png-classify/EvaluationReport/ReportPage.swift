import Lamina

/// One page about how good a network is.
struct ReportPage {
  /// What the network is called: its file's name.
  let modelName: String
  let model: Model
  let pictures: TestPictures
  let findings: Findings
  let loss: Double

  /// - Throws: `.outOfMemory`
  func html() throws(LaminaError) -> String {
    let curves = TrainingCurves(record: model.trainingRecord)
    var parts = [header, tiles]
    parts.append(ConfusionSection(findings: findings).html)
    parts.append(ClassSection(findings: findings).html)
    parts.append(CalibrationSection(calibration: findings.calibration).html)
    parts.append(try MistakesSection(findings: findings, pictures: pictures).html())
    if !curves.charts.isEmpty { parts.append(curves.section) }
    parts.append(network)
    parts.append(footer)
    return htmlPage(title: "Evaluation of \(escaped(modelName))", parts.joined(separator: "\n"))
  }

  private var wrongCount: Int { findings.answers.count - findings.rightCount }

  private var header: String {
    let data = escaped(pictures.dataset.name)
    var text =
      "<strong>\(percent(findings.accuracy))</strong> of \(counted(findings.count, "picture")) "
      + "of <strong>\(data)</strong> were taken for what they show. "
    text +=
      wrongCount == 0
      ? "None was taken for something else."
      : "\(grouped(wrongCount)) "
        + (wrongCount == 1 ? "was" : "were") + " taken for something else."
    if !pictures.unanswered.isEmpty {
      text += " In \(grouped(pictures.unanswered.count)) no digit was found."
    }
    if !pictures.failures.isEmpty {
      text += " \(counted(pictures.failures.count, "file")) could not be read."
    }
    return """
      <header>
      <h1>Evaluation of \(escaped(modelName))</h1>
      <p class="lead">\(text)</p>
      </header>
      """
  }

  private var tiles: String {
    let range = interval(right: findings.rightCount, of: findings.count)
    let ends = "\(fixed(100 * range.lower, decimals: 2))\u{2013}\(percent(range.upper))"
    let calibration = findings.calibration
    let confidence =
      calibration.sampleCount > 0
      ? calibration.bins.reduce(0) { $0 + Double($1.count) * $1.confidence }
        / Double(calibration.sampleCount) : 0
    return """
      <dl class="tiles">
      \(tile("Accuracy", percent(findings.accuracy), "95 % interval \(ends)"))
      \(tile("Mistakes", grouped(findings.count - findings.rightCount), "of \(counted(findings.count, "picture"))"))
      \(tile("Calibration error", percent(calibration.expected), "mean confidence \(percent(confidence))"))
      \(tile("Loss", loss.isFinite ? fixed(loss, decimals: 4) : "none", "mean cross-entropy"))
      </dl>
      """
  }

  private func tile(_ name: String, _ figure: String, _ detail: String) -> String {
    """
    <div class="tile"><dt>\(name)</dt><dd class="figure">\(figure)</dd>\
    <dd class="detail">\(detail.replacing(" %", with: "\u{A0}%"))</dd></div>
    """
  }

  private var network: String {
    pageSection(
      "The network", id: "network",
      """
      <p>\(escaped(model.name)): \(grouped(model.parameterCount)) parameters. \(trainings)\(temperature)</p>
      <details>
      <summary>Its layers</summary>
      <pre tabindex="0" aria-label="layers">\(escapedLines(model.summary()))</pre>
      </details>
      """)
  }

  private var trainings: String {
    let lines = TrainingRecords(record: model.trainingRecord).trainings
    return lines.map { "Trained with \(escaped($0))." }.joined(separator: " ")
  }

  private var temperature: String {
    guard model.temperature != 1 else { return "" }
    return " Its scores are divided by a temperature of "
      + "\(fixed(Double(model.temperature), decimals: 4)) before they become probabilities."
  }

  private func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: "\n")
  }

  private var footer: String {
    """
    <footer><p>Made by \(PNGClassify.configuration.version), <code>png-classify evaluate</code>. \
    The same network and pictures give the same page.</p></footer>
    """
  }
}
