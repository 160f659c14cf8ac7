import Lamina

/// One JSON array with an object a line for each file: its predictions, or its error.
struct ReportJSON: Report {
  private var count = 0

  func begin() throws {
    try Output.write("[")
  }

  mutating func add(_ answer: Answer) throws {
    try Output.write((count == 0 ? "\n" : ",\n") + object(for: answer).text)
    count += 1
  }

  func end() throws {
    try Output.write("\n]\n")
  }

  private func object(for answer: Answer) -> JSON {
    let file = JSON.Member("file", .string(answer.name))
    switch answer.outcome {
    case .success(let predictions):
      return .object([file, JSON.Member("predictions", .array(predictions.map(object)))])
    case .failure(let error):
      // The file's name is there already.
      let prefix = "\(answer.name): "
      let message = error.message
      let text = message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
      return .object([file, JSON.Member("error", .string(text))])
    }
  }

  private func object(for prediction: LabelledPrediction) -> JSON {
    .object([
      JSON.Member("label", .string(prediction.label)),
      JSON.Member("probability", .number(of: prediction.probability)),
    ])
  }
}
