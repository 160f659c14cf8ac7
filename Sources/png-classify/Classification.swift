import Lamina
import LaminaPNG

/// What `png-classify FILE...` does: it reads pictures and reports what they show, in their order.
struct Classification {
  /// The weights file, where the command line names one; see `ModelSource`.
  var modelOption: String?
  var topK = 1
  var format = ReportFormat.text
  var threadCount = Workers.all.threadCount
  /// Whether pictures are pages of many digits.
  var reads = false
  var files: [String] = []

  func run() throws {
    let inputs = files.flatMap(Input.expand)
    let classifiers = try makeClassifiers(for: inputs)
    let labels = classifiers[0].classifier.session.labels
    var report = makeReport(for: inputs, labels: labels)
    var (failed, withoutDigit) = (false, false)
    try Output.write(report.head())
    for group in groups(of: inputs) {
      // At once: each write to a pipe wakes its reader, who takes a processor from this work.
      var text = ""
      for (input, outcome) in zip(inputs[group], classify(inputs[group], with: classifiers)) {
        switch outcome {
        case .failure(let error):
          failed = true
          try Output.write(text)
          text = ""
          complain(error.message)
        case .noDigit: withoutDigit = true
        case .predictions, .reading: break
        }
        text += report.text(of: Answer(name: input.name, outcome: outcome))
      }
      try Output.write(text)
    }
    try Output.write(report.tail())
    if failed { throw Status.someFailed }
    if withoutDigit { throw Status.noDigit }
  }

  /// One for each thread that has something to do.
  private func makeClassifiers(for inputs: [Input]) throws(LaminaError) -> [Recognizer] {
    let source = try ModelSource(option: modelOption)
    let model = try source.load()
    do throws(LaminaError) {
      var classifiers: [Recognizer] = []
      for _ in 0..<max(1, min(threadCount, inputs.count)) {
        classifiers.append(try Recognizer(session: Session(model), topK: topK, reads: reads))
      }
      return classifiers
    } catch {
      throw error.at(source.name)
    }
  }

  /// Inputs that are worked on together, few enough that answers come soon. Standard input, which
  /// may take its time, is on its own.
  private func groups(of inputs: [Input]) -> [Range<Int>] {
    let most = 16 * threadCount
    var groups: [Range<Int>] = []
    for (index, input) in inputs.enumerated() {
      var joins = false
      if let last = groups.last, last.count < most {
        joins = !input.isStandardInput && !inputs[last.lowerBound].isStandardInput
      }
      if joins {
        groups[groups.count - 1] = groups[groups.count - 1].lowerBound..<index + 1
      } else {
        groups.append(index..<index + 1)
      }
    }
    return groups
  }

  private func makeReport(for inputs: [Input], labels: [String]) -> any Report {
    switch format {
    case .text: ReportText(names: inputs.map(\.name), labels: labels)
    case .csv: ReportCSV(isReading: reads)
    case .json: ReportJSON()
    }
  }

  /// What became of each input, by as many threads as there are classifiers.
  private func classify(
    _ inputs: ArraySlice<Input>, with classifiers: [Recognizer]
  ) -> [Outcome] {
    Workers(threadCount: classifiers.count).map(inputs.count) { piece, worker in
      classifiers[worker].outcome(of: inputs[inputs.startIndex + piece])
    }
  }
}
