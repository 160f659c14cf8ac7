import CLamina
import Lamina

/// Which of a call's tensors one is.
struct TensorPlace {
  let list: StaticString
  let index: Int

  /// What messages call its member: `inputs[1].rank`.
  func callAsFunction(_ member: StaticString) -> String { "\(list)[\(index)].\(member)" }
}

/// Samples in the caller's memory.
struct Batch {
  let samples: SampleView
  let rows: Int
  /// The memory that the samples take.
  let bytes: UnsafeRawBufferPointer
}

extension SessionHandle {
  /// The samples of an input; nil where there are none.
  ///
  /// - Throws: `.invalidArgument` where the tensor is not a batch for the session.
  func batch(_ tensor: UnsafePointer<lamina_tensor>, _ index: Int) throws(LaminaError) -> Batch? {
    let place = TensorPlace(list: "inputs", index: index)
    try checkStructSize(
      tensor.pointee.struct_size, FirstSize.tensor, "lamina_tensor", place("struct_size"))
    let rows = try rowCount(tensor, place, sampleShape: session.inputShapes[index])
    let size = try elementSize(tensor.pointee.dtype, place)
    guard rows <= maximumRows,
      case let count = rows * inputCounts[index] * size,
      UInt(count) <= UInt(bitPattern: tensor.pointee.capacity)
    else {
      throw LaminaError(
        .invalidArgument,
        "\(place("capacity")) is \(UInt(bitPattern: tensor.pointee.capacity)) bytes, "
          + "too few for \(rows) rows")
    }
    guard rows > 0 else { return nil }
    let data = UnsafeRawPointer(try require(tensor.pointee.data, place("data")))
    try checkAlignment(data, size, place("data"))
    return Batch(
      samples: SampleView(data, tensor.pointee.dtype), rows: rows,
      bytes: UnsafeRawBufferPointer(start: data, count: count))
  }

  /// Writes an output's shape.
  ///
  /// - Returns: how many bytes it takes where the caller has fewer, else 0.
  /// - Throws: `.invalidArgument` where it cannot be an output.
  func prepare(
    _ tensor: UnsafeMutablePointer<lamina_tensor>, _ index: Int, rows: Int
  ) throws(LaminaError) -> Int {
    let place = TensorPlace(list: "outputs", index: index)
    try checkStructSize(
      tensor.pointee.struct_size, FirstSize.tensor, "lamina_tensor", place("struct_size"))
    guard tensor.pointee.dtype == LAMINA_FLOAT32 else {
      throw LaminaError(
        .invalidArgument,
        "\(place("dtype")) is \(tensor.pointee.dtype.rawValue), expected LAMINA_FLOAT32")
    }
    let sampleShape = session.outputShapes[index]
    tensor.pointee.rank = UInt32(sampleShape.rank + 1)
    withAxes(of: tensor) { axes in
      axes[0] = Int64(rows)
      for (axis, dimension) in sampleShape.dimensions.enumerated() {
        axes[axis + 1] = Int64(dimension)
      }
    }
    let bytes = 4 * rows * outputCounts[index]
    guard UInt(bitPattern: tensor.pointee.capacity) >= UInt(bytes) else { return bytes }
    if bytes > 0, let data = tensor.pointee.data {
      try checkAlignment(UnsafeRawPointer(data), 4, place("data"))
    }
    return 0
  }
}

/// The first axis; the others must be those of a sample. Makes no array: a
/// prediction allocates nothing.
private func rowCount(
  _ tensor: UnsafePointer<lamina_tensor>, _ place: TensorPlace, sampleShape: Shape
) throws(LaminaError) -> Int {
  let rank = Int(tensor.pointee.rank)
  guard rank == sampleShape.rank + 1, rank <= Int(LAMINA_MAX_RANK) else {
    throw LaminaError(
      .invalidArgument,
      "\(place("rank")) is \(rank), expected \(sampleShape.rank + 1): rows, then \(sampleShape)")
  }
  return try withAxes(of: tensor) { (axes) throws(LaminaError) in
    var fits = axes[0] >= 0
    for axis in 1..<rank where axes[axis] != Int64(sampleShape.dimensions[axis - 1]) {
      fits = false
    }
    guard fits else {
      throw LaminaError(
        .invalidArgument,
        "\(place("shape")) is \(Shape((0..<rank).map { Int(axes[$0]) })), "
          + "expected rows, then \(sampleShape)")
    }
    return Int(axes[0])
  }
}

/// The first axes, in an array.
func axes(of tensor: UnsafePointer<lamina_tensor>, rank: Int) -> [Int] {
  withUnsafePointer(to: tensor.pointee.shape) { pointer in
    pointer.withMemoryRebound(to: Int64.self, capacity: Int(LAMINA_MAX_RANK)) { axes in
      (0..<rank).map { Int(axes[$0]) }
    }
  }
}

private func withAxes<Result>(
  of tensor: UnsafePointer<lamina_tensor>,
  _ body: (UnsafePointer<Int64>) throws(LaminaError) -> Result
) throws(LaminaError) -> Result {
  try withUnsafePointer(to: tensor.pointee.shape) { (pointer) throws(LaminaError) in
    try pointer.withMemoryRebound(
      to: Int64.self, capacity: Int(LAMINA_MAX_RANK)
    ) { (axes) throws(LaminaError) in
      try body(axes)
    }
  }
}

private func withAxes(
  of tensor: UnsafeMutablePointer<lamina_tensor>, _ body: (UnsafeMutablePointer<Int64>) -> Void
) {
  withUnsafeMutablePointer(to: &tensor.pointee.shape) { pointer in
    pointer.withMemoryRebound(to: Int64.self, capacity: Int(LAMINA_MAX_RANK), body)
  }
}

func elementSize(
  _ dtype: lamina_dtype, _ place: TensorPlace
) throws(LaminaError) -> Int {
  switch dtype {
  case LAMINA_FLOAT32, LAMINA_INT32: return 4
  case LAMINA_UINT8: return 1
  default:
    throw LaminaError(
      .invalidArgument, "\(place("dtype")) is \(dtype.rawValue), which is unknown")
  }
}

func checkAlignment(
  _ data: UnsafeRawPointer, _ size: Int, _ name: @autoclosure () -> String
) throws(LaminaError) {
  guard UInt(bitPattern: data) % UInt(size) == 0 else {
    throw LaminaError(.invalidArgument, "\(name()) is not aligned to \(size) bytes")
  }
}
