import ArgumentParser
import Lamina
import LaminaPNG

/// How answers are written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, csv
}

/// Writes the answers on standard output, in the order of the inputs.
protocol Report {
  /// - Throws: what `Output.write` throws, as the others do.
  mutating func begin() throws
  mutating func add(_ answer: Answer) throws
  mutating func end() throws
}

/// What became of an input.
struct Answer {
  /// The file, or "-".
  let name: String
  let outcome: Result<[LabelledPrediction], LaminaError>
}

/// A class by its name.
struct LabelledPrediction {
  let label: String
  let probability: Float

  /// A model without labels has the classes' numbers.
  init(_ prediction: Prediction, labels: [String]) {
    let index = prediction.classIndex
    label = labels.indices.contains(index) ? labels[index] : "\(index)"
    probability = prediction.probability
  }
}
