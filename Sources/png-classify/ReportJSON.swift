import Lamina

/// One JSON array with an object a line for each file: its predictions, the digits of its page, why
/// there is none, or its error.
struct ReportJSON: Report {
  private var count = 0

  func head() -> String { "[" }

  mutating func text(of answer: Answer) -> String {
    defer { count += 1 }
    return (count == 0 ? "\n" : ",\n") + object(for: answer).text
  }

  func tail() -> String { "\n]\n" }

  private func object(for answer: Answer) -> JSON {
    let file = JSON.Member("file", .string(answer.name))
    switch answer.outcome {
    case .predictions(let predictions):
      return .object([file, JSON.Member("predictions", .array(predictions.map(object)))])
    case .reading(let reading):
      let text = reading.lines.joined(separator: "\n")
      return .object([
        file, JSON.Member("text", .string(text)),
        JSON.Member("digits", .array(reading.digits.map(object))),
      ])
    case .noDigit(let reason):
      return .object([file, JSON.Member("no_digit", .string(reason))])
    case .failure(let error):
      // The file's name is there already.
      let prefix = "\(answer.name): "
      let message = error.message
      let text = message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message
      return .object([file, JSON.Member("error", .string(text))])
    }
  }

  private func object(for prediction: LabelledPrediction) -> JSON {
    .object(members(of: prediction))
  }

  private func object(for digit: LabelledReading.Digit) -> JSON {
    let box = digit.box
    let sides = [
      box.columns.lowerBound, box.rows.lowerBound, box.columns.count, box.rows.count,
    ]
    return .object(
      members(of: digit.prediction) + [
        JSON.Member("line", .integer(digit.line)), JSON.Member("word", .integer(digit.word)),
        JSON.Member("box", .array(sides.map { .integer($0) })),
      ])
  }

  private func members(of prediction: LabelledPrediction) -> [JSON.Member] {
    [
      JSON.Member("label", .string(prediction.label)),
      JSON.Member("probability", .number(of: prediction.probability)),
    ]
  }
}
