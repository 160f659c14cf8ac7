/// Rosenblatt's perceptron: one neuron that learns to tell two classes apart.
///
///     y = 1 where sum over i of weights[i] x_i + bias > 0, else 0
///
/// The bias is the threshold with its sign turned: the neuron fires only when
/// the sum with the bias strictly exceeds 0. Where the classes can be separated
/// by a hyperplane the learning rule finds one (Novikoff); where they cannot,
/// as in XOR, it never comes to rest, and `Training.hasConverged` says so.
///
/// Sources: Rosenblatt, "The perceptron: a probabilistic model for information
/// storage and organization in the brain", Psychological Review 65, 1958;
/// Novikoff, "On convergence proofs on perceptrons", Symposium on the
/// Mathematical Theory of Automata 12, 1962
public struct Perceptron: Equatable, Sendable {
  /// What `fit` did.
  public struct Training: Equatable, Sendable {
    /// How many samples each epoch met with a wrong prediction, and so how
    /// often it changed the weights.
    public let mistakes: [Int]

    public var epochCount: Int { mistakes.count }

    /// Whether the last epoch made no mistake: all samples are then predicted
    /// right. False means that the epochs were used up, which no number of
    /// epochs avoids where the classes cannot be separated.
    public var hasConverged: Bool { mistakes.last == 0 }
  }

  /// One for each input.
  public private(set) var weights: [Float]
  public private(set) var bias: Float

  /// Weights and bias of 0, from where learning starts.
  ///
  /// - Throws: `.invalidArgument` where `inputCount` is below 1.
  public init(inputCount: Int) throws(LaminaError) {
    guard inputCount >= 1 else {
      throw LaminaError(
        .invalidArgument, "perceptron: \(inputCount) inputs, expected at least 1")
    }
    weights = [Float](repeating: 0, count: inputCount)
    bias = 0
  }

  /// - Throws: `.invalidArgument` where there is no weight, or a weight or the
  ///   bias is not finite.
  public init(weights: [Float], bias: Float) throws(LaminaError) {
    guard !weights.isEmpty else {
      throw LaminaError(.invalidArgument, "perceptron: no weights; expected one for each input")
    }
    try Perceptron.checkFinite(weights, "weight")
    guard bias.isFinite else {
      throw LaminaError(.invalidArgument, "perceptron: the bias is \(bias), expected a number")
    }
    self.weights = weights
    self.bias = bias
  }

  /// The boundary of the two classes: the points x with
  /// sum over i of normal[i] x_i + offset = 0. Nil where all weights are 0, so
  /// that every point is of one class.
  public var hyperplane: (normal: [Float], offset: Float)? {
    weights.contains { $0 != 0 } ? (weights, bias) : nil
  }

  /// The boundary of two inputs, the line a x + b y + c = 0; nil where there
  /// are not two inputs, or no boundary.
  public var separatingLine: (a: Float, b: Float, c: Float)? {
    guard weights.count == 2, hyperplane != nil else { return nil }
    return (weights[0], weights[1], bias)
  }

  /// The class of one sample, 0 or 1.
  ///
  /// - Throws: `.invalidArgument` where the sample does not have one finite
  ///   number for each input.
  public func predict(_ sample: [Float]) throws(LaminaError) -> Int32 {
    try check(sample, "the sample")
    return fires(sample) ? 1 : 0
  }

  /// The class of each sample.
  ///
  /// - Throws: as for one sample, naming which.
  public func predict(_ samples: [[Float]]) throws(LaminaError) -> [Int32] {
    for (index, sample) in samples.enumerated() { try check(sample, "sample \(index)") }
    return samples.map { fires($0) ? 1 : 0 }
  }

  /// Learns from samples by Rosenblatt's rule: each in turn is predicted, and
  /// where y is not its label t
  ///
  ///     weights[i] += learningRate (t - y) x_i
  ///     bias += learningRate (t - y)
  ///
  /// It goes on from the weights there are, and ends after an epoch without a
  /// mistake. From weights of 0 no more than (R / margin)^2 mistakes are made
  /// in all, R being the length of the longest (x, 1) and the margin that of
  /// the best hyperplane through the origin among the points (x, 1).
  ///
  /// - Parameters:
  ///   - samples: one number for each input in each.
  ///   - labels: 0 or 1 for each sample.
  ///   - learningRate: above 0. From weights of 0 it scales them and changes
  ///     no prediction, rounding aside.
  ///   - maximumEpochs: how often the samples are gone through at most.
  /// - Throws: `.invalidArgument` where an argument is not as described, or
  ///   the weights leave float32's range; the perceptron then stays as it was.
  public mutating func fit(
    _ samples: [[Float]], labels: [Int32], learningRate: Float = 1, maximumEpochs: Int = 1000
  ) throws(LaminaError) -> Training {
    try check(samples, labels)
    guard learningRate > 0, learningRate.isFinite else {
      throw LaminaError(
        .invalidArgument, "perceptron: a learning rate of \(learningRate), expected above 0")
    }
    guard maximumEpochs >= 1 else {
      throw LaminaError(
        .invalidArgument, "perceptron: \(maximumEpochs) epochs, expected at least 1")
    }
    var learner = self
    var mistakes: [Int] = []
    while mistakes.count < maximumEpochs, mistakes.last != 0 {
      mistakes.append(try learner.trainEpoch(samples, labels, learningRate))
    }
    self = learner
    return Training(mistakes: mistakes)
  }

  /// Goes through the samples once.
  ///
  /// - Returns: the number of mistakes.
  private mutating func trainEpoch(
    _ samples: [[Float]], _ labels: [Int32], _ learningRate: Float
  ) throws(LaminaError) -> Int {
    var mistakes = 0
    for (sample, label) in zip(samples, labels) where fires(sample) != (label == 1) {
      mistakes += 1
      let rate = Double(label == 1 ? learningRate : -learningRate)
      for index in weights.indices {
        weights[index] = Float(Double(weights[index]) + rate * Double(sample[index]))
      }
      bias = Float(Double(bias) + rate)
      guard bias.isFinite, weights.allSatisfy({ $0.isFinite }) else {
        throw LaminaError(
          .invalidArgument,
          "perceptron: the weights leave float32's range; scale the samples or lower the learning rate"
        )
      }
    }
    return mistakes
  }

  /// Whether the sum exceeds 0, in double.
  private func fires(_ sample: [Float]) -> Bool {
    var sum = Double(bias)
    for (weight, input) in zip(weights, sample) { sum += Double(weight) * Double(input) }
    return sum > 0
  }
}

extension Perceptron {
  private func check(_ samples: [[Float]], _ labels: [Int32]) throws(LaminaError) {
    guard !samples.isEmpty else {
      throw LaminaError(.invalidArgument, "perceptron: no samples to learn from")
    }
    guard labels.count == samples.count else {
      throw LaminaError(
        .invalidArgument, "perceptron: \(labels.count) labels for \(samples.count) samples")
    }
    for (index, sample) in samples.enumerated() { try check(sample, "sample \(index)") }
    for (index, label) in labels.enumerated() where label != 0 && label != 1 {
      throw LaminaError(.invalidArgument, "perceptron: label \(index) is \(label), expected 0 or 1")
    }
  }

  private func check(_ sample: [Float], _ place: String) throws(LaminaError) {
    guard sample.count == weights.count else {
      throw LaminaError(
        .invalidArgument,
        "perceptron: \(place) has \(sample.count) numbers, expected \(weights.count)")
    }
    try Perceptron.checkFinite(sample, "\(place): number")
  }

  private static func checkFinite(_ values: [Float], _ name: String) throws(LaminaError) {
    for (index, value) in values.enumerated() where !value.isFinite {
      throw LaminaError(
        .invalidArgument, "perceptron: \(name) \(index) is \(value), expected a finite number")
    }
  }
}
