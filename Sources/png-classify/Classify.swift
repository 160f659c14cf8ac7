import ArgumentParser
import Lamina
import LaminaPNG

/// `png-classify FILE...`: the digits that PNG files show.
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which digits PNG files show.",
    usage: PNGClassify.usage,
    discussion: """
      A digit may be light on dark or dark on light, in colour, of any size; one that looks like \
      MNIST's, 28x28 pixels and light on black, is taken as it is.

      EXAMPLES:
        png-classify train --output mnist.safetensors
        png-classify --model mnist.safetensors seven.png scans/
        curl -s https://example.org/7.png | png-classify --top-k 3 -
        png-classify --format csv scans/ > digits.csv

      FORMATS:
        text  a line for each file: its name, the label, how sure that is
        csv   file,rank,label,probability: a row for each label, the best is 1
        json  an array with an object on each line:
              {"file":"7.png","predictions":[{"label":"7","probability":0.9}]}
              or {"file":"7.png","error":"what went wrong"}

      A file that fails is reported on standard error, and the others go on.

      EXIT STATUS:
        0   all files were classified
        1   some were not
        2   the model cannot be loaded, or standard output cannot be written
        64  the command line is wrong

      OTHER COMMANDS (`png-classify help <command>` says more):
        train     train a network on MNIST and save it
        evaluate  measure a network on pictures that it was not trained with
        summary   show a network's layers and how it was trained
      """
  )

  @OptionGroup var modelOptions: ModelOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many labels to give for each file, the best first.", valueName: "n"))
  var topK = 1

  @Option(help: ArgumentHelp("How to write the answers.", valueName: "name"))
  var format = ReportFormat.text

  @Argument(
    help: ArgumentHelp(
      "PNG files, folders (all *.png in them and below, by name) or - (standard input).",
      valueName: "file"))
  var files: [String]

  func validate() throws {
    guard topK >= 1 else {
      throw ValidationError("--top-k must be at least 1, not \(topK)")
    }
    guard files.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("- (standard input) can be given only once")
    }
    guard !files.contains("") else { throw ValidationError("a file name is empty") }
  }

  func run() throws {
    let classifier = try makeClassifier()
    let inputs = files.flatMap(Input.expand)
    let labels = classifier.session.labels
    var report = makeReport(for: inputs, labels: labels)
    var allWell = true
    try report.begin()
    for input in inputs {
      let answer = Answer(name: input.name, outcome: classify(input, with: classifier))
      if case .failure(let error) = answer.outcome {
        allWell = false
        complain(error.message)
      }
      try report.add(answer)
    }
    try report.end()
    if !allWell { throw Status.someFailed }
  }

  private func makeClassifier() throws(LaminaError) -> PNGClassifier {
    let model = try modelOptions.load()
    do throws(LaminaError) {
      return try PNGClassifier(session: Session(model, maximumBatch: 1))
    } catch {
      throw error.at(try modelOptions.path())
    }
  }

  private func makeReport(for inputs: [Input], labels: [String]) -> any Report {
    switch format {
    case .text: ReportText(names: inputs.map(\.name), labels: labels)
    case .csv: ReportCSV()
    case .json: ReportJSON()
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
