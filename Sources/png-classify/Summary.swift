import ArgumentParser
import Lamina

/// `png-classify summary`: what a weights file holds.
struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a network's layers and how it was trained.",
    discussion: """
      EXAMPLES:
        png-classify summary
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
    if model.temperature != 1 {
      text += " Temperature: \(fixed(Double(model.temperature), decimals: 4))\n"
    }
    let records = TrainingRecords(record: model.trainingRecord)
    for (training, history) in zip(records.trainings, records.histories) {
      text += " Trained: \(training)\n"
      if let values = history.last, !values.isEmpty {
        let values = values.map {
          "\(printable($0.key)) \(TrainingRecords.plain($0.value) ?? "unknown")"
        }
        text += " Last epoch: \(values.joined(separator: ", "))\n"
      }
    }
    try Output.write(text)
  }
}
