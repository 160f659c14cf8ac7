/// An array with a row for each sample, in memory. Bytes stay bytes until a
/// batch is made of them.
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

  /// The shape of one sample; `[]` is a single number.
  public let shape: Shape
  public let elements: Elements
  /// The number of samples.
  public let count: Int

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
    self.elements = elements
    self.count = count
  }

  /// One class a sample, from 0.
  public init(labels: [Int32]) {
    shape = []
    elements = .int32(labels)
    count = labels.count
  }

  /// One number a sample.
  public init(values: [Float]) {
    shape = []
    elements = .float32(values)
    count = values.count
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
  var size: Int { count > 0 ? elements.count / count : shape.checkedElementCount ?? 0 }

  /// The samples of a range that lies within them.
  func rows(_ range: Range<Int>) throws(LaminaError) -> Samples {
    let part = range.lowerBound * size..<range.upperBound * size
    let elements: Elements =
      switch self.elements {
      case .uint8(let bytes): .uint8(Array(bytes[part]))
      case .int32(let integers): .int32(Array(integers[part]))
      case .float32(let values): .float32(Array(values[part]))
      }
    return try Samples(elements, shape: shape, count: range.count)
  }

  /// One number of one sample, which must be there.
  func value(_ sample: Int, _ index: Int) -> Float {
    switch elements {
    case .uint8(let bytes): Float(bytes[sample * size + index])
    case .int32(let integers): Float(integers[sample * size + index])
    case .float32(let values): values[sample * size + index]
    }
  }

  /// Row i becomes the sample at `indices[i]`.
  func gather(_ indices: ArraySlice<Int32>, into rows: MatrixView, divisor: Float = 1) {
    withView { rows.gather($0, at: indices, divisor: divisor) }
  }

  /// The samples in a form that kernels take; valid inside `body`.
  func withView<Result>(_ body: (SampleView) -> Result) -> Result? {
    switch elements {
    case .uint8(let bytes): SampleView.with(bytes, body)
    case .int32(let integers): SampleView.with(integers, body)
    case .float32(let values): SampleView.with(values, body)
    }
  }
}
