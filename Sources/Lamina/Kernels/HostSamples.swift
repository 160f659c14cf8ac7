/// Samples in a host's memory: read where they lie, and never written.
///
/// The host promises that they stay as they are while they are used.
struct HostSamples: @unchecked Sendable {
  let view: SampleView

  /// The first numbers, in arrays.
  func copied(count: Int) -> Samples.Elements {
    switch view {
    case .float32(let values):
      .float32(Array(UnsafeBufferPointer(start: values, count: count)))
    case .uint8(let bytes):
      .uint8(Array(UnsafeBufferPointer(start: bytes, count: count)))
    case .int32(let integers):
      .int32(Array(UnsafeBufferPointer(start: integers, count: count)))
    }
  }
}

extension SampleView {
  /// The numbers behind the first ones.
  func dropping(_ count: Int) -> SampleView {
    switch self {
    case .float32(let values): .float32(values + count)
    case .uint8(let bytes): .uint8(bytes + count)
    case .int32(let integers): .int32(integers + count)
    }
  }

  func value(at index: Int) -> Float {
    switch self {
    case .float32(let values): values[index]
    case .uint8(let bytes): Float(bytes[index])
    case .int32(let integers): Float(integers[index])
    }
  }
}
