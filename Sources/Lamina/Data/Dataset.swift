/// Samples in memory with what a network should make of them.
public struct Dataset: Sendable {
  /// What messages and the training record call the data.
  public let name: String
  /// One for each of a model's inputs, with the same number of samples.
  public let inputs: [Samples]
  /// One for each of a model's outputs, with the same number of samples.
  public let targets: [Samples]
  /// How much each sample counts in the loss; nil where all count 1.
  public let sampleWeights: [Float]?
  /// The classes' names in order; empty where there are none.
  public let classNames: [String]
  /// How bytes become the network's input; nil where they are numbers already.
  public let preprocessing: Preprocessing?

  /// - Throws: `.invalidArgument` where there is no input, or the arrays have
  ///   different numbers of samples.
  public init(
    name: String = "data", inputs: [Samples], targets: [Samples], sampleWeights: [Float]? = nil,
    classNames: [String] = [], preprocessing: Preprocessing? = nil
  ) throws(LaminaError) {
    guard let count = inputs.first?.count else {
      throw LaminaError(.invalidArgument, "\(name): a data set has at least one input")
    }
    for (kind, arrays) in [("input", inputs), ("target", targets)] {
      for (index, samples) in arrays.enumerated() where samples.count != count {
        throw LaminaError(
          .invalidArgument,
          "\(name): \(kind) \(index) has \(samples.count) samples, input 0 has \(count)")
      }
    }
    if let sampleWeights, sampleWeights.count != count {
      throw LaminaError(
        .invalidArgument,
        "\(name): \(sampleWeights.count) sample weights for \(count) samples")
    }
    self.name = name
    self.inputs = inputs
    self.targets = targets
    self.sampleWeights = sampleWeights
    self.classNames = classNames
    self.preprocessing = preprocessing
  }

  /// Samples of one kind, each with its class, from 0.
  ///
  /// - Throws: `.invalidArgument` where the numbers are not one sample for each
  ///   label.
  public init(
    name: String = "data", features: Samples.Elements, sampleShape: Shape, labels: [Int32],
    classNames: [String] = [], preprocessing: Preprocessing? = nil
  ) throws(LaminaError) {
    try self.init(
      name: name,
      inputs: [try Samples(features, shape: sampleShape, count: labels.count, name: name)],
      targets: [Samples(labels: labels)], classNames: classNames, preprocessing: preprocessing)
  }

  /// Samples and what they should give, a row for each: `x` is [rows, ...], `y`
  /// is [rows, ...] or [rows].
  public init(
    name: String = "data", x: Tensor, y: Tensor, sampleWeights: [Float]? = nil
  ) throws(LaminaError) {
    try self.init(
      name: name, inputs: [try Samples(x)], targets: [try Samples(y)],
      sampleWeights: sampleWeights)
  }

  /// The number of samples.
  public var count: Int { inputs.first?.count ?? 0 }

  /// The shape of one sample of the first input.
  public var sampleShape: Shape { inputs.first?.shape ?? [] }

  /// The class of each sample, where the first target is integers; else empty.
  public var labels: [Int32] {
    if case .int32(let labels)? = targets.first?.elements { labels } else { [] }
  }

  var divisor: Float { preprocessing?.divisor ?? 1 }

  /// The same samples, some counting more than others.
  ///
  /// - Throws: `.invalidArgument` where there is not one weight for each sample.
  public func weighted(by sampleWeights: [Float]) throws(LaminaError) -> Dataset {
    try Dataset(
      name: name, inputs: inputs, targets: targets, sampleWeights: sampleWeights,
      classNames: classNames, preprocessing: preprocessing)
  }

  /// The samples from `range`, as a data set of their own.
  ///
  /// - Throws: `.invalidArgument` where they do not exist.
  public subscript(range: Range<Int>) -> Dataset {
    get throws(LaminaError) {
      guard range.lowerBound >= 0, range.upperBound <= count else {
        throw LaminaError(
          .invalidArgument,
          "\(name): samples \(range.lowerBound) to \(range.upperBound) of \(count) do not exist")
      }
      var inputs: [Samples] = []
      for samples in self.inputs { inputs.append(try samples.rows(range)) }
      var targets: [Samples] = []
      for samples in self.targets { targets.append(try samples.rows(range)) }
      return try Dataset(
        name: name, inputs: inputs, targets: targets,
        sampleWeights: sampleWeights.map { Array($0[range]) }, classNames: classNames,
        preprocessing: preprocessing)
    }
  }
}
