import Lamina

/// What a network said about each picture, and how good that is.
struct Findings {
  /// The answer about one picture.
  struct Answer {
    /// Which picture of the data set it is.
    let index: Int
    /// What it shows, and what it was taken for.
    let truth: Int
    let answer: Int
    /// The probabilities of both.
    let truthProbability: Float
    let probability: Float

    var isRight: Bool { truth == answer }
  }

  let labels: [String]
  let answers: [Answer]
  let confusion: ConfusionMatrix
  let calibration: CalibrationError
  /// For each class, how many of its pictures got no answer.
  let unanswered: [Int]

  /// - Throws: `.invalidArgument` where a label is none of the network's classes, or a probability
  ///   is not finite; `.outOfMemory`
  init(_ model: Model, on pictures: TestPictures, threadCount: Int) throws(LaminaError) {
    labels = classLabels(of: model)
    answers = try Self.answers(of: model, about: pictures.dataset, threadCount: threadCount)
    confusion = try ConfusionMatrix(
      targets: answers.map { Int32($0.truth) }, predictions: answers.map { Int32($0.answer) },
      classCount: labels.count, labels: labels)
    var calibration = try CalibrationError()
    for answer in answers {
      try calibration.add(confidence: answer.probability, isRight: answer.isRight)
    }
    self.calibration = calibration
    var unanswered = [Int](repeating: 0, count: labels.count)
    for picture in pictures.unanswered { unanswered[picture.classIndex] += 1 }
    self.unanswered = unanswered
  }

  /// All pictures, those without an answer too.
  var count: Int { answers.count + unanswered.reduce(0, +) }
  var rightCount: Int { answers.count { $0.isRight } }
  var accuracy: Double { count > 0 ? Double(rightCount) / Double(count) : 0 }

  /// The wrong answers, first those that gave the right class the least probability.
  var mistakes: [Answer] {
    answers.filter { !$0.isRight }.sorted {
      ($0.truthProbability, $1.probability, $0.index)
        < ($1.truthProbability, $0.probability, $1.index)
    }
  }

  private static func answers(
    of model: Model, about dataset: Dataset, threadCount: Int
  ) throws(LaminaError) -> [Answer] {
    guard case .uint8(let bytes)? = dataset.inputs.first?.elements else {
      throw LaminaError(.invalidArgument, "\(dataset.name): expected pictures of bytes")
    }
    let workers = Workers(threadCount: max(1, min(threadCount, dataset.count)))
    var sessions: [Session] = []
    for _ in 0..<workers.threadCount { sessions.append(try Session(model)) }
    let size = dataset.count > 0 ? bytes.count / dataset.count : 0
    let labels = dataset.labels
    let results = workers.map(dataset.count) { piece, worker in
      answer(
        of: sessions[worker], about: Array(bytes[piece * size..<(piece + 1) * size]),
        index: piece, truth: Int(labels[piece]))
    }
    return try results.map { (result) throws(LaminaError) in try result.get() }
  }

  private static func answer(
    of session: Session, about sample: [UInt8], index: Int, truth: Int
  ) -> Result<Answer, LaminaError> {
    do throws(LaminaError) {
      let probabilities = try session.probabilities(of: sample)
      guard probabilities.indices.contains(truth), probabilities.allSatisfy({ $0.isFinite }) else {
        throw LaminaError(
          .invalidArgument,
          "picture \(index) has the class \(truth) and the probabilities \(probabilities)")
      }
      // Of equals the class that comes first.
      var best = 0
      for index in probabilities.indices where probabilities[index] > probabilities[best] {
        best = index
      }
      return .success(
        Answer(
          index: index, truth: truth, answer: best, truthProbability: probabilities[truth],
          probability: probabilities[best]))
    } catch {
      return .failure(error)
    }
  }
}

/// The range in which a fraction lies with a certainty of 95 % where `right` of `count` were
/// counted: Wilson's score interval.
func interval(right: Int, of count: Int) -> (lower: Double, upper: Double) {
  guard count > 0 else { return (0, 1) }
  let (z, n, p) = (1.959964, Double(count), Double(right) / Double(count))
  let middle = p + z * z / (2 * n)
  let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  let whole = 1 + z * z / n
  return (max(0, (middle - reach) / whole), min(1, (middle + reach) / whole))
}
