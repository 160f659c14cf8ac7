/// Labelled samples in memory. Bytes stay bytes until a batch is made of them.
public struct Dataset: Sendable {
  /// The samples' numbers, one sample after the other.
  public enum Features: Sendable {
    /// Bytes, which become numbers by division by the preprocessing's divisor.
    case uint8([UInt8])
    case float32([Float])

    var count: Int {
      switch self {
      case .uint8(let bytes): bytes.count
      case .float32(let values): values.count
      }
    }
  }

  /// What messages and the training record call the data.
  public let name: String
  public let features: Features
  /// The shape of one sample.
  public let sampleShape: Shape
  /// The class of each sample, from 0.
  public let labels: [Int32]
  /// The classes' names in order; empty where there are none.
  public let classNames: [String]
  /// How bytes become the network's input; nil where they are numbers already.
  public let preprocessing: Preprocessing?

  /// - Throws: `.invalidArgument` where the numbers are not one sample for each
  ///   label.
  public init(
    name: String = "data", features: Features, sampleShape: Shape, labels: [Int32],
    classNames: [String] = [], preprocessing: Preprocessing? = nil
  ) throws(LaminaError) {
    guard let size = sampleShape.checkedElementCount,
      case (let expected, false) = size.multipliedReportingOverflow(by: labels.count),
      expected == features.count
    else {
      throw LaminaError(
        .invalidArgument,
        "\(name): \(labels.count) samples of shape \(sampleShape) cannot have \(features.count) numbers"
      )
    }
    guard labels.count <= Int(Int32.max) else {
      throw LaminaError(.invalidArgument, "\(name): more than 2^31 - 1 samples")
    }
    self.name = name
    self.features = features
    self.sampleShape = sampleShape
    self.labels = labels
    self.classNames = classNames
    self.preprocessing = preprocessing
  }

  /// The number of samples.
  public var count: Int { labels.count }

  var divisor: Float { preprocessing?.divisor ?? 1 }

  /// The samples from `range`, as a data set of their own.
  public subscript(range: Range<Int>) -> Dataset {
    get throws(LaminaError) {
      guard range.lowerBound >= 0, range.upperBound <= count else {
        throw LaminaError(
          .invalidArgument,
          "\(name): samples \(range.lowerBound) to \(range.upperBound) of \(count) do not exist")
      }
      let size = features.count / max(1, count)
      let part = range.lowerBound * size..<range.upperBound * size
      let features: Features =
        switch self.features {
        case .uint8(let bytes): .uint8(Array(bytes[part]))
        case .float32(let values): .float32(Array(values[part]))
        }
      return try Dataset(
        name: name, features: features, sampleShape: sampleShape, labels: Array(labels[range]),
        classNames: classNames, preprocessing: preprocessing)
    }
  }
}
