import Lamina
import LaminaPNG

/// Says what an input shows: one digit, or those of a page. Used by one thread at a time.
struct Recognizer {
  let classifier: PNGClassifier
  private let reader: PNGReader?
  private let topK: Int

  init(session: Session, topK: Int, reads: Bool) throws(LaminaError) {
    classifier = try PNGClassifier(session: session)
    reader = reads ? try PNGReader(session: session) : nil
    self.topK = topK
  }

  func outcome(of input: Input) -> Outcome {
    do throws(LaminaError) {
      let labels = classifier.session.labels
      if let reader {
        return .reading(LabelledReading(try read(input, reader), labels: labels))
      }
      return .predictions(try classify(input).map { LabelledPrediction($0, labels: labels) })
    } catch {
      return Outcome(error, of: input.name)
    }
  }

  private func classify(_ input: Input) throws(LaminaError) -> [Prediction] {
    switch input {
    case .file(let path):
      return try classifier.classify(path: path, top: topK)
    case .standardInput:
      let bytes = try readStandardInput()
      return try classifier.classify(bytes.span, name: "standard input", top: topK)
    case .unusable(_, let error):
      throw error
    }
  }

  private func read(_ input: Input, _ reader: PNGReader) throws(LaminaError) -> PageReading {
    switch input {
    case .file(let path):
      return try reader.read(path: path)
    case .standardInput:
      let bytes = try readStandardInput()
      return try reader.read(bytes.span, name: "standard input")
    case .unusable(_, let error):
      throw error
    }
  }
}
