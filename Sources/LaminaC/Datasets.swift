import CLamina
import Lamina

/// The samples that a host gives to train or to evaluate with. Bytes are divided by
/// the model's divisor, as a session divides them.
///
/// - Parameter name: the parameter's, for messages.
/// - Throws: `.invalidArgument`, naming the tensor.
func dataset(
  _ data: UnsafePointer<lamina_dataset>?, _ name: StaticString, for model: Model
) throws(LaminaError) -> Dataset {
  let data = try require(data, "\(name)").pointee
  try checkStructSize(data.struct_size, FirstSize.dataset, "lamina_dataset")
  guard data.input_count == model.inputShapes.count else {
    throw LaminaError(
      .invalidArgument,
      "\(name): expected \(model.inputShapes.count) inputs, "
        + "got \(UInt(bitPattern: data.input_count))")
  }
  guard data.target_count >= 1, data.target_count <= model.outputShapes.count else {
    throw LaminaError(
      .invalidArgument,
      "\(name): expected 1 to \(model.outputShapes.count) targets, "
        + "got \(UInt(bitPattern: data.target_count))")
  }
  let inputs = try require(data.inputs, "\(name).inputs")
  let targets = try require(data.targets, "\(name).targets")
  let inputSamples = try (0..<data.input_count).map { (index) throws(LaminaError) in
    try HostTensor(inputs + index, TensorPlace(list: "inputs", index: index)).samples()
  }
  let targetSamples = try (0..<data.target_count).map { (index) throws(LaminaError) in
    try HostTensor(targets + index, TensorPlace(list: "targets", index: index)).targets()
  }
  return try Dataset(
    name: "\(name)", inputs: inputSamples, targets: targetSamples,
    sampleWeights: weights(data.sample_weights, count: inputSamples[0].count),
    preprocessing: model.preprocessing)
}

private func weights(
  _ weights: UnsafePointer<Float>?, count: Int
) throws(LaminaError) -> [Float]? {
  guard let weights else { return nil }
  try checkAlignment(weights, 4, "sample_weights")
  return Array(UnsafeBufferPointer(start: weights, count: count))
}

/// Samples in a tensor of the caller's, checked.
private struct HostTensor {
  let view: SampleView
  let shape: Shape
  let rows: Int
  let place: TensorPlace

  init(
    _ tensor: UnsafePointer<lamina_tensor>, _ place: TensorPlace
  ) throws(LaminaError) {
    try checkStructSize(
      tensor.pointee.struct_size, FirstSize.tensor, "lamina_tensor", place("struct_size"))
    let dimensions = try axes(of: tensor, place)
    let size = try elementSize(tensor.pointee.dtype, place)
    rows = dimensions[0]
    shape = Shape(Array(dimensions.dropFirst()))
    self.place = place
    guard let count = Shape(dimensions).checkedElementCount,
      case (let bytes, false) = count.multipliedReportingOverflow(by: size),
      UInt(bytes) <= UInt(bitPattern: tensor.pointee.capacity)
    else {
      throw LaminaError(
        .invalidArgument,
        "\(place("capacity")) is \(UInt(bitPattern: tensor.pointee.capacity)) bytes, "
          + "too few for shape \(Shape(dimensions))")
    }
    let data = UnsafeRawPointer(try require(tensor.pointee.data, place("data")))
    try checkAlignment(data, size, place("data"))
    view = SampleView(data, tensor.pointee.dtype)
  }

  func samples() throws(LaminaError) -> Samples {
    try Samples(host: view, shape: shape, count: rows, name: place("shape"))
  }

  /// Classes are copied, for they were checked and lead to places in memory.
  func targets() throws(LaminaError) -> Samples {
    let samples = try samples()
    guard shape.checkedElementCount == 1 || !view.isFloat else { return samples }
    return try Samples(samples.elements, shape: shape, count: rows, name: place("shape"))
  }
}

/// A tensor's axes, the rows first.
private func axes(
  of tensor: UnsafePointer<lamina_tensor>, _ place: TensorPlace
) throws(LaminaError) -> [Int] {
  let rank = Int(tensor.pointee.rank)
  guard rank >= 1, rank <= Int(LAMINA_MAX_RANK) else {
    throw LaminaError(
      .invalidArgument, "\(place("rank")) is \(rank), expected 1 to \(LAMINA_MAX_RANK)")
  }
  let dimensions = axes(of: tensor, rank: rank)
  guard dimensions.allSatisfy({ $0 >= 0 }) else {
    throw LaminaError(.invalidArgument, "\(place("shape")) has a negative length")
  }
  return dimensions
}

extension SampleView {
  init(_ data: UnsafeRawPointer, _ dtype: lamina_dtype) {
    switch dtype {
    case LAMINA_UINT8: self = .uint8(data.assumingMemoryBound(to: UInt8.self))
    case LAMINA_INT32: self = .int32(data.assumingMemoryBound(to: Int32.self))
    default: self = .float32(data.assumingMemoryBound(to: Float.self))
    }
  }

  fileprivate var isFloat: Bool { if case .float32 = self { true } else { false } }
}
