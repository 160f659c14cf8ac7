import ArgumentParser
import Lamina
import LaminaPNG

/// How answers are written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, csv
}

/// The text of the answers, in the order of the inputs.
protocol Report {
  /// What comes before all answers.
  func head() -> String
  mutating func text(of answer: Answer) -> String
  /// What comes after all answers.
  func tail() -> String
}

extension Report {
  func head() -> String { "" }
  func tail() -> String { "" }
}

/// What became of an input.
struct Answer {
  /// The file, or "-".
  let name: String
  let outcome: Outcome
}

enum Outcome {
  /// The best classes of the one digit, the best first.
  case predictions([LabelledPrediction])
  /// All digits of a page.
  case reading(LabelledReading)
  /// The picture is sound, but shows no digit: why, such as "the picture is blank".
  case noDigit(String)
  case failure(LaminaError)

  /// - Parameter name: what the input is called, with which the error's message may begin.
  init(_ error: LaminaError, of name: String) {
    guard error.kind == .noDigit else {
      self = .failure(error)
      return
    }
    var reason = error.message
    for prefix in ["\(name): ", "standard input: ", "no digit found: "]
    where reason.hasPrefix(prefix) {
      reason.removeFirst(prefix.count)
    }
    self = .noDigit(reason)
  }
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

/// A page's digits by their names.
struct LabelledReading {
  struct Digit {
    let prediction: LabelledPrediction
    let box: PixelBox
    /// From 1 at the top.
    let line: Int
    /// In its line, from 1.
    let word: Int
  }

  /// A string for each line, with a space between words.
  let lines: [Substring]
  let digits: [Digit]

  init(_ reading: PageReading, labels: [String]) {
    lines = reading.text(labels: labels).split(separator: "\n")
    var (line, word) = (-1, 0)
    digits = reading.digits.map { digit in
      if digit.line != line { word = 0 }
      line = digit.line
      if digit.beginsWord || word == 0 { word += 1 }
      return Digit(
        prediction: LabelledPrediction(digit.prediction, labels: labels), box: digit.box,
        line: line + 1, word: word)
    }
  }
}
