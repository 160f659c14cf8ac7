import ArgumentParser
import Lamina

/// `png-classify train`: a network from labelled pictures.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a network on labelled pictures and save it.",
    usage: "png-classify train [<options>] --output <file>",
    discussion: """
      The network has a hidden layer of 128 and gives a score for each of ten classes. It is \
      measured at the end on pictures that it was not trained with. The same seed gives the same \
      weights, bit for bit, on the same kind of processor.

      Ctrl-C stops after the batch that is being computed. If at least one epoch is done, the \
      network is measured and saved as it is; else nothing is written. A second Ctrl-C ends \
      the command at once.

      EXAMPLES:
        png-classify train --output mnist.safetensors
        png-classify train --data fashion-mnist --epochs 10 \\
          --output fashion.safetensors
        png-classify train --output mnist.safetensors --curves curves.png

      EXIT STATUS:
        0    the network is trained and saved
        2    the data cannot be read, or the file cannot be written
        64   the command line is wrong
        130  stopped by Ctrl-C
      """
  )

  @OptionGroup var dataOptions: DataOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How often to go through all pictures.", valueName: "n"))
  var epochs = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("After how many pictures the weights change.", valueName: "n"))
  var batchSize = 32

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What the random numbers begin with.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup var threadOptions: ThreadOptions

  @Option(help: ArgumentHelp("The weights file to write.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Where to draw loss and accuracy by epoch: an HTML page where the name ends in .html, "
        + "else a PNG file.",
      valueName: "file"))
  var curves: String?

  func validate() throws {
    guard epochs >= 1 else {
      throw ValidationError("--epochs must be at least 1, not \(epochs)")
    }
    guard (1...65_536).contains(batchSize) else {
      throw ValidationError("--batch-size must be 1 to 65536, not \(batchSize)")
    }
    guard !output.isEmpty else { throw ValidationError("--output is empty") }
    guard curves != "" else { throw ValidationError("--curves is empty") }
    try checkDistinct(output, "--output", from: dataOptions.files(beside: output))
    if let curves {
      let output = InputFile(path: output, description: "--output")
      try checkDistinct(
        curves, "--curves", from: [output] + dataOptions.files(beside: curves))
    }
  }

  func run() throws {
    // Whoever cannot save shall know before the training, not after it.
    try checkIsText(output)
    try Model.checkSavable(at: output)
    if let curves {
      try checkIsText(curves)
      try checkReplaceable(curves)
    }
    let (train, test) = try dataOptions.load()
    let model = try makeModel()
    model.threadCount = threadOptions.count
    let wholeEpochs = try fit(model, train)
    let wasStopped = wholeEpochs < epochs
    if wasStopped {
      guard wholeEpochs >= 1 else {
        complain("stopped in the first epoch; nothing is saved")
        throw Status.interrupted
      }
      complain("stopped after \(wholeEpochs) of \(epochs) epochs; saving the network as it is")
    }
    let evaluation = try model.evaluate(test)
    try model.save(output)
    if let curves { try draw(model, evaluation, of: test, at: curves) }
    try Output.write(
      ([output] + (curves.map { [$0] } ?? [])).reduce(testLine(evaluation, of: test)) {
        $0 + "Saved \(printable($1))\n"
      })
    if wasStopped { throw Status.interrupted }
  }

  private func draw(
    _ model: Model, _ evaluation: Evaluation, of test: Dataset, at path: String
  ) throws(LaminaError) {
    let drawing = TrainingCurves(record: model.trainingRecord)
    let title = "Training of \(lastComponent(of: output))"
    let lead = String(testLine(evaluation, of: test).dropLast())
    let bytes =
      path.hasSuffix(".html")
      ? Array(drawing.page(title: title, lead: lead).utf8)
      : try drawing.drawn(title: title, lead: lead).png()
    try replaceFile(at: path) { (writer) throws(LaminaError) in try writer.write(bytes) }
  }

  private func makeModel() throws(LaminaError) -> Sequential {
    let model = try Sequential(seed: seed) {
      Flatten(inputShape: [28, 28])
      Dense(128, activation: .relu)
      Dropout(0.2)
      Dense(10)
    }
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    return model
  }

  /// Trains until all epochs are done or Ctrl-C is pressed.
  ///
  /// - Returns: how many epochs were done to their end.
  private func fit(_ model: Sequential, _ train: Dataset) throws(LaminaError) -> Int {
    let display = makeTrainingDisplay()
    var wholeEpochs = 0
    Interrupt.watch()
    try model.fit(train, batchSize: batchSize, epochs: epochs) { event in
      display.show(event)
      if case .epochEnded(let progress, _) = event, progress.batch == progress.batchCount {
        wholeEpochs += 1
      }
      return Interrupt.wasRequested ? .stop : .goOn
    }
    return wholeEpochs
  }
}
