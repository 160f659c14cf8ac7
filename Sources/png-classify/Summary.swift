import ArgumentParser
import Lamina

/// `png-classify summary`: what a weights file holds.
struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a network's layers and how it was trained.",
    discussion: """
      EXAMPLE:
        png-classify summary --model mnist.safetensors

      \(Status.help)
      """
  )

  @OptionGroup var modelOptions: ModelOptions

  func run() throws {
    let model = try modelOptions.load()
    var text = model.summary()
    if !model.labels.isEmpty {
      text += " Labels: \(model.labels.map(printable).joined(separator: ", "))\n"
    }
    // A record that is damaged says nothing; the network is no worse for it.
    if let record = model.trainingRecord, case .array(let trainings)? = try? JSON(parsing: record) {
      for record in trainings { text += training(record) }
    }
    try Output.write(text)
  }

  /// " Trained: 5 epochs on mnist, 60000 samples, batch size 32, seed 1", and what the last epoch
  /// gave. A training's record may lack any of it.
  private func training(_ record: JSON) -> String {
    func value(_ key: String) -> String { record[key].flatMap(plain) ?? "unknown" }
    let epochs = record["epochs"] == .integer(1) ? "epoch" : "epochs"
    var text =
      " Trained: \(value("epochs")) \(epochs) on \(value("dataset")), \(value("samples")) samples, "
      + "batch size \(value("batch_size")), seed \(value("seed"))\n"
    if case .array(let epochs)? = record["history"], case .object(let members)? = epochs.last {
      let values = members.map { "\(printable($0.key)) \(plain($0.value) ?? "unknown")" }
      text += " Last epoch: \(values.joined(separator: ", "))\n"
    }
    return text
  }

  private func plain(_ value: JSON) -> String? {
    switch value {
    case .integer(let number): "\(number)"
    case .number(let number): fixed(number, decimals: 4)
    case .string(let text): printable(text)
    default: nil
    }
  }
}
