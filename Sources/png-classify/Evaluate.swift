import ArgumentParser
import Lamina

/// `png-classify evaluate`: how good a network is.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a network on pictures that it was not trained with.",
    discussion: """
      A folder of pictures has a folder of PNG files for each label: digits/0/, digits/1/ and so \
      on. They are read as `classify` reads them; one in which no digit is found counts as a \
      mistake.

      The report is one HTML page that needs nothing else: accuracy, confusion matrix, precision \
      and recall, calibration, the worst mistakes as pictures, and how the training went.

      EXAMPLES:
        png-classify evaluate
        png-classify evaluate --model mnist.safetensors
        png-classify evaluate --model fashion.safetensors --data fashion-mnist
        png-classify evaluate --model mnist.safetensors --data scans/ \\
          --report report.html

      EXIT STATUS:
        0   the network is measured
        1   it is, but some files of the folder cannot be read
        2   the model, the data or the output cannot be read or written
        64  the command line is wrong
      """
  )

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var threadOptions: ThreadOptions

  @Option(help: ArgumentHelp("An HTML page to write.", valueName: "file"))
  var report: String?

  func validate() throws {
    guard let report else { return }
    guard !report.isEmpty else { throw ValidationError("--report is empty") }
    try checkDistinct(
      report, "--report", from: modelOptions.files + dataOptions.files(beside: report))
  }

  func run() throws {
    if let report {
      // Whoever cannot write shall know before the work, not after it.
      try checkIsText(report)
      try checkReplaceable(report)
    }
    let model = try loadModel()
    model.threadCount = threadOptions.count
    var pictures = try dataOptions.loadPictures(for: model, threadCount: threadOptions.count)
    warnOfOtherLabels(than: model)
    pictures.dataset = try shaped(pictures.dataset, for: model)
    for failure in pictures.failures { complain(failure.message) }
    try measure(model, on: pictures)
    if !pictures.failures.isEmpty { throw Status.someFailed }
  }

  private func measure(_ model: Model, on pictures: TestPictures) throws {
    // A network that ends in a softmax gives probabilities, any other gives logits.
    let fromLogits = try !Session(model).givesProbabilities
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: fromLogits),
      metrics: [.accuracy])
    let evaluation = pictures.dataset.count > 0 ? try model.evaluate(pictures.dataset) : nil
    let loss = evaluation?.loss ?? .nan
    guard let report else {
      let accuracy = pictures.accuracy(ofAnswered: evaluation?["accuracy"] ?? 0)
      return try Output.write(testLine(accuracy: accuracy, loss: loss, of: pictures))
    }
    let findings = try Findings(model, on: pictures, threadCount: threadOptions.count)
    let page = ReportPage(
      modelName: lastComponent(of: try modelOptions.source().name), model: model,
      pictures: pictures,
      findings: findings, loss: loss)
    let bytes = Array(try page.html().utf8)
    try replaceFile(at: report) { (writer) throws(LaminaError) in try writer.write(bytes) }
    try Output.write(
      testLine(accuracy: findings.accuracy, loss: loss, of: pictures)
        + "Saved \(printable(report))\n")
  }

  /// A network that knows other things than the pictures show is measured all the same.
  private func warnOfOtherLabels(than model: Model) {
    guard let labels = dataOptions.knownLabels, !model.labels.isEmpty, labels != model.labels
    else { return }
    func listed(_ labels: [String]) -> String {
      labels.prefix(10).joined(separator: ", ") + (labels.count > 10 ? " ..." : "")
    }
    complain(
      "warning: the model's labels (\(listed(model.labels))) are not those of "
        + "\(dataOptions.data) (\(listed(labels)))")
  }

  private func loadModel() throws(LaminaError) -> Model {
    let model = try modelOptions.load()
    let (inputs, outputs) = (model.inputShapes.count, model.outputShapes.count)
    guard inputs == 1, outputs == 1 else {
      throw LaminaError(
        .invalidArgument,
        "expected a model of one input and one output, it has \(inputs) and \(outputs)"
      ).at(try modelOptions.source().name)
    }
    return model
  }

  /// The data set with its pictures in the shape that the network takes, which may
  /// have an axis for the channel: [28, 28, 1].
  private func shaped(_ dataset: Dataset, for model: Model) throws(LaminaError) -> Dataset {
    guard let pictures = dataset.inputs.first, let shape = model.inputShape,
      shape.checkedElementCount == pictures.shape.checkedElementCount
    else { return dataset }
    return try Dataset(
      name: dataset.name,
      inputs: [Samples(pictures.elements, shape: shape, count: pictures.count)],
      targets: dataset.targets, classNames: dataset.classNames,
      preprocessing: dataset.preprocessing)
  }
}

/// "Test accuracy: 97.82 %, loss 0.0731 (10000 pictures of mnist)"
func testLine(_ evaluation: Evaluation, of dataset: Dataset) -> String {
  testLine(
    accuracy: evaluation["accuracy"] ?? .nan, loss: evaluation.loss,
    of: TestPictures(dataset: dataset))
}

private func testLine(accuracy: Double, loss: Double, of pictures: TestPictures) -> String {
  "Test accuracy: \(percent(accuracy)), loss \(fixed(loss, decimals: 4)) "
    + "(\(pictures.description))\n"
}
