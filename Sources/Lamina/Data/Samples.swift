/// An array with a row for each sample, in memory. Bytes stay bytes until a
/// batch is made of them.
///
/// The numbers are its own, or a host's, which are then read where they lie.
public struct Samples: Sendable {
  /// The numbers, one sample after the other.
  public enum Elements: Sendable {
    /// Bytes; as a network's input they are divided by the preprocessing's divisor.
    case uint8([UInt8])
    /// Integers, such as classes.
    case int32([Int32])
    case float32([Float])

    public var count: Int {
      switch self {
      case .uint8(let bytes): bytes.count
      case .int32(let integers): integers.count
      case .float32(let values): values.count
      }
    }
  }

  private enum Storage: Sendable {
    case own(Elements)
    case host(HostSamples)
  }

  /// The shape of one sample; `[]` is a single number.
  public let shape: Shape
  /// The number of samples.
  public let count: Int

  private let storage: Storage

  /// The numbers; a copy of them where they are a host's.
  public var elements: Elements {
    switch storage {
    case .own(let elements): elements
    case .host(let samples): samples.copied(count: elementCount)
    }
  }

  /// How many numbers all samples have.
  var elementCount: Int { count * (shape.checkedElementCount ?? 0) }

  /// - Parameter name: what a message calls the samples.
  /// - Throws: `.invalidArgument` where the elements are not so many samples of
  ///   the shape.
  public init(
    _ elements: Elements, shape: Shape, count: Int, name: String = "data"
  ) throws(LaminaError) {
    guard count >= 0, let size = shape.checkedElementCount,
      case (let expected, false) = size.multipliedReportingOverflow(by: count),
      expected == elements.count
    else {
      throw LaminaError(
        .invalidArgument,
        "\(name): \(count) samples of shape \(shape) cannot have \(elements.count) numbers")
    }
    guard count <= Int(Int32.max) else {
      throw LaminaError(.invalidArgument, "\(name): more than 2^31 - 1 samples")
    }
    self.shape = shape
    self.count = count
    storage = .own(elements)
  }

  /// Samples in a host's memory, which must stay there as long as these do.
  ///
  /// - Throws: `.invalidArgument` where they are more than can be counted.
  package init(
    host view: SampleView, shape: Shape, count: Int, name: String
  ) throws(LaminaError) {
    guard count >= 0, count <= Int(Int32.max), let size = shape.checkedElementCount,
      !size.multipliedReportingOverflow(by: count).overflow
    else {
      throw LaminaError(
        .invalidArgument, "\(name): \(count) samples of shape \(shape) are too many")
    }
    self.shape = shape
    self.count = count
    storage = .host(HostSamples(view: view))
  }

  /// One class a sample, from 0.
  public init(labels: [Int32]) {
    shape = []
    count = labels.count
    storage = .own(.int32(labels))
  }

  /// One number a sample.
  public init(values: [Float]) {
    shape = []
    count = values.count
    storage = .own(.float32(values))
  }

  /// The rows of a tensor: its first axis counts the samples.
  ///
  /// - Throws: `.invalidArgument` where the tensor has no axis.
  public init(_ tensor: Tensor) throws(LaminaError) {
    guard let count = tensor.shape.dimensions.first else {
      throw LaminaError(.invalidArgument, "a tensor of shape [] has no samples")
    }
    try self.init(
      .float32(tensor.elements), shape: Shape(Array(tensor.shape.dimensions.dropFirst())),
      count: count)
  }

  /// How many numbers a sample has.
  var size: Int { shape.checkedElementCount ?? 0 }

  /// The samples of a range that lies within them.
  func rows(_ range: Range<Int>) throws(LaminaError) -> Samples {
    let part = range.lowerBound * size..<range.upperBound * size
    switch storage {
    case .own(.uint8(let bytes)):
      return try Samples(.uint8(Array(bytes[part])), shape: shape, count: range.count)
    case .own(.int32(let integers)):
      return try Samples(.int32(Array(integers[part])), shape: shape, count: range.count)
    case .own(.float32(let values)):
      return try Samples(.float32(Array(values[part])), shape: shape, count: range.count)
    case .host(let samples):
      return try Samples(
        host: samples.view.dropping(part.lowerBound), shape: shape, count: range.count,
        name: "data")
    }
  }

  /// One number of one sample, which must be there.
  func value(_ sample: Int, _ index: Int) -> Float {
    let position = sample * size + index
    return switch storage {
    case .own(.uint8(let bytes)): Float(bytes[position])
    case .own(.int32(let integers)): Float(integers[position])
    case .own(.float32(let values)): values[position]
    case .host(let samples): samples.view.value(at: position)
    }
  }

  /// Row i becomes the sample at `indices[i]`.
  func gather(_ indices: ArraySlice<Int32>, into rows: MatrixView, divisor: Float = 1) {
    withView { rows.gather($0, at: indices, divisor: divisor) }
  }

  /// The samples in a form that kernels take; valid inside `body`.
  func withView<Result>(_ body: (SampleView) -> Result) -> Result? {
    switch storage {
    case .own(.uint8(let bytes)): SampleView.with(bytes, body)
    case .own(.int32(let integers)): SampleView.with(integers, body)
    case .own(.float32(let values)): SampleView.with(values, body)
    case .host(let samples): elementCount > 0 ? body(samples.view) : nil
    }
  }
}
