import ArgumentParser
import Glibc
import Lamina

/// `train-digits`: the network that is built into the library.
@main
struct TrainDigits: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train-digits",
    abstract: "Train the network of digits that is built into the library.",
    discussion: """
      `make model` calls it; docs/digits-model.md says what was tried and what it gives. The same \
      seed and the same pictures give the same file, byte for byte, on the same kind of processor.
      """
  )

  @Option(help: ArgumentHelp("What the random numbers begin with.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("How often to go through all pictures.", valueName: "n"))
  var epochs = DigitTraining.augmentedEpochs

  @Option(help: ArgumentHelp("The folder of MNIST's files.", valueName: "folder"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "How the names of the printed digits' IDX files begin; without it there are none.",
      valueName: "path"))
  var rendered: String?

  @Option(
    help: ArgumentHelp(
      "How many of MNIST's training pictures to take, for a quick look.", valueName: "n"))
  var limit: Int?

  @Option(
    help: ArgumentHelp("How many threads compute; results do not depend on it.", valueName: "n"))
  var threads = 2

  @Option(help: ArgumentHelp("The weights file to write.", valueName: "file"))
  var output: String

  func validate() throws {
    guard epochs >= 1 else { throw ValidationError("--epochs must be at least 1, not \(epochs)") }
    guard limit ?? 1 >= 1 else { throw ValidationError("--limit must be at least 1") }
    guard (1...Workers.maximumThreadCount).contains(threads) else {
      throw ValidationError("--threads must be 1 to \(Workers.maximumThreadCount), not \(threads)")
    }
  }

  func run() throws {
    try Model.checkSavable(at: output)
    print("making the pictures, which takes about half a minute")
    fflush(nil)
    let pictures = try TrainingPictures(
      directory: data, rendered: rendered, limit: limit, seed: seed)
    print("\(pictures.training.name): \(pictures.training.count) pictures, seed \(seed)")
    let report = TrainingReport(epochCount: epochs + DigitTraining.plainEpochs)
    let training = DigitTraining(seed: seed, epochs: epochs, threadCount: threads)
    let model = try training.model(trainedOn: pictures, callbacks: [report])
    let error = try model.calibrationError(on: pictures.test).expected
    print(
      "temperature \(model.temperature), expected calibration error on the test set "
        + "\(TrainingReport.percent(error))")
    try model.save(output)
    print("Saved \(output)")
  }
}
