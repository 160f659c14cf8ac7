import Lamina
import LaminaPNG

/// What `png-classify FILE...` does: it reads pictures and reports what they show, in their order.
struct Classification {
  /// The weights file, where the command line names one.
  var modelOption: String?
  var topK = 1
  var format = ReportFormat.text
  var threadCount = Workers.all.threadCount
  var files: [String] = []

  func run() throws {
    let inputs = files.flatMap(Input.expand)
    let classifiers = try makeClassifiers(for: inputs)
    let labels = classifiers[0].session.labels
    var report = makeReport(for: inputs, labels: labels)
    var allWell = true
    try report.begin()
    for group in groups(of: inputs) {
      for (input, outcome) in zip(inputs[group], classify(inputs[group], with: classifiers)) {
        if case .failure(let error) = outcome {
          allWell = false
          complain(error.message)
        }
        try report.add(Answer(name: input.name, outcome: outcome))
      }
    }
    try report.end()
    if !allWell { throw Status.someFailed }
  }

  /// One for each thread that has something to do.
  private func makeClassifiers(for inputs: [Input]) throws(LaminaError) -> [PNGClassifier] {
    let path = try modelPath(modelOption)
    let model = try Model.load(path)
    do throws(LaminaError) {
      var classifiers: [PNGClassifier] = []
      for _ in 0..<max(1, min(threadCount, inputs.count)) {
        classifiers.append(try PNGClassifier(session: Session(model)))
      }
      return classifiers
    } catch {
      throw error.at(path)
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
    case .csv: ReportCSV()
    case .json: ReportJSON()
    }
  }

  /// What became of each input, by as many threads as there are classifiers.
  private func classify(
    _ inputs: ArraySlice<Input>, with classifiers: [PNGClassifier]
  ) -> [Result<[LabelledPrediction], LaminaError>] {
    [Result<[LabelledPrediction], LaminaError>](
      unsafeUninitializedCapacity: inputs.count
    ) { outcomes, count in
      let outcomes = outcomes.baseAddress
      Workers(threadCount: classifiers.count).perform(inputs.count) { piece, worker in
        let outcome = classify(inputs[inputs.startIndex + piece], with: classifiers[worker])
        outcomes.map { ($0 + piece).initialize(to: outcome) }
      }
      count = inputs.count
    }
  }

  private func classify(
    _ input: Input, with classifier: PNGClassifier
  ) -> Result<[LabelledPrediction], LaminaError> {
    do throws(LaminaError) {
      let labels = classifier.session.labels
      return .success(
        try predictions(for: input, classifier).map { LabelledPrediction($0, labels: labels) })
    } catch {
      return .failure(error)
    }
  }

  private func predictions(
    for input: Input, _ classifier: PNGClassifier
  ) throws(LaminaError) -> [Prediction] {
    switch input {
    case .file(let path):
      return try classifier.classify(path: path, top: topK)
    case .standardInput:
      let bytes = try readStandardInput()
      return try classifier.classify(bytes.span, name: "standard input", top: topK)
    case .unusable(_, let error):
      throw error
    }
  }
}
