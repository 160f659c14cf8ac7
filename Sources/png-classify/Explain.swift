import ArgumentParser
import Lamina
import LaminaPNG

/// `png-classify explain`: what becomes of a picture on its way to a label.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw what becomes of a picture, step by step.",
    usage: "png-classify explain [--model <file>] --output <file> <file>",
    discussion: """
      Writes a PNG file that shows the picture, its ink, the digit that was found in it, the \
      28x28 pixels that the network saw, and the labels' probabilities. Where no digit is found, \
      it shows the picture and says why.

      EXAMPLES:
        png-classify explain seven.png --output steps.png
        curl -s https://example.org/7.png | png-classify explain - --output steps.png

      EXIT STATUS:
        0   the steps are drawn
        1   the file cannot be read, or is no picture
        2   the model cannot be loaded, or the output cannot be written
        3   there is no digit in the picture, which is drawn all the same
        64  the command line is wrong
      """
  )

  @OptionGroup var modelOptions: ModelOptions

  @Option(help: ArgumentHelp("The PNG file to write.", valueName: "file"))
  var output: String

  @Argument(help: ArgumentHelp("A PNG file or - (standard input).", valueName: "file"))
  var file: String

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("--output is empty") }
    guard !file.isEmpty else { throw ValidationError("the file's name is empty") }
    let picture =
      file == "-"
      ? InputFile(path: "/dev/stdin", description: "standard input")
      : InputFile(path: file, description: "the picture")
    try checkDistinct(output, "--output", from: [picture] + modelOptions.files)
  }

  func run() throws {
    try checkIsText(output)
    try checkReplaceable(output)
    let classifier = try makeClassifier()
    let explanation: Explanation
    do throws(LaminaError) {
      explanation = try explain(with: classifier)
    } catch {
      complain(error.message)
      throw Status.someFailed
    }
    let png = try explanation.drawn().png()
    try replaceFile(at: output) { (writer) throws(LaminaError) in try writer.write(png) }
    if let reason = explanation.reason { complain("\(explanation.name): \(reason)") }
    let saved = "Saved \(printable(output))\n"
    try Output.write(explanation.answer.map { $0 + "\n" + saved } ?? saved)
    if explanation.reason != nil { throw Status.noDigit }
  }

  private func makeClassifier() throws(LaminaError) -> PNGClassifier {
    let model = try modelOptions.load()
    do throws(LaminaError) {
      return try PNGClassifier(session: Session(model))
    } catch {
      throw error.at(try modelOptions.source().name)
    }
  }

  private func explain(with classifier: PNGClassifier) throws(LaminaError) -> Explanation {
    let picture: Picture
    if file == "-" {
      let bytes = try readStandardInput()
      picture = try classifier.decoder.decode(bytes.span, name: "standard input")
    } else {
      try checkIsText(file)
      picture = try classifier.decoder.decode(path: file)
    }
    let name = file == "-" ? "standard input" : file
    let steps = DigitPreprocessor().steps(of: picture)
    var explanation = Explanation(name: name, steps: steps)
    do throws(LaminaError) {
      guard let digit = steps.digit else {
        throw steps.error ?? LaminaError(.noDigit, "no digit found")
      }
      let session = classifier.session
      explanation.predictions = try classifier.predictions(for: digit, top: session.outputCount)
        .map { LabelledPrediction($0, labels: session.labels) }
    } catch {
      guard error.kind == .noDigit else { throw error.at(name) }
      explanation.reason = error.message
    }
    return explanation
  }
}

/// A picture's way to its label, or to the finding that it shows no digit.
struct Explanation {
  /// What the picture is called.
  let name: String
  let steps: PreprocessingSteps
  /// Of all labels, the best first.
  var predictions: [LabelledPrediction] = []
  /// Why there is no label.
  var reason: String?

  /// "seven.png: 7  97.43 %", as the command says it for a file.
  var answer: String? {
    predictions.first.map {
      "\(printable(name)): \(printable($0.label))  \(percent(Double($0.probability)))"
    }
  }
}
