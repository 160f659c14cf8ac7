import CLamina
import Lamina

/// Writes a string by (buffer, capacity, needed), as lamina.h describes it.
func writeString(
  _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?,
  _ make: () throws(LaminaError) -> String
) -> lamina_status {
  needed?.pointee = 0
  if let buffer, capacity != 0 { buffer[0] = 0 }
  var bytes: [UInt8] = []
  let status = attempt { () throws(LaminaError) in
    bytes = Array(try make().utf8)
    guard buffer != nil || capacity == 0 else {
      throw LaminaError(
        .invalidArgument, "buffer is NULL, its capacity \(UInt(bitPattern: capacity))")
    }
  }
  guard status == LAMINA_OK else { return status }
  needed?.pointee = bytes.count + 1
  guard let buffer else { return LAMINA_OK }
  // A capacity above Int.max arrives as a negative number.
  guard UInt(bitPattern: capacity) > UInt(bytes.count) else {
    return bufferTooSmall(
      "the string needs \(bytes.count + 1) bytes, buffer has \(UInt(bitPattern: capacity))")
  }
  for (index, byte) in bytes.enumerated() { buffer[index] = CChar(bitPattern: byte) }
  buffer[bytes.count] = 0
  return LAMINA_OK
}

/// Writes an array by (elements, capacity, count); the count is written even
/// where the capacity is too small.
func writeArray<Element, Source>(
  _ source: [Source], _ elements: UnsafeMutablePointer<Element>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?, _ convert: (Source) -> Element
) -> lamina_status {
  guard elements != nil || capacity == 0 else {
    return attempt { () throws(LaminaError) in
      throw LaminaError(
        .invalidArgument, "the buffer is NULL, its capacity \(UInt(bitPattern: capacity))")
    }
  }
  count?.pointee = source.count
  guard let elements else { return LAMINA_OK }
  guard UInt(bitPattern: capacity) >= UInt(source.count) else {
    return bufferTooSmall(
      "\(source.count) elements are needed, the buffer has \(UInt(bitPattern: capacity))")
  }
  for (index, element) in source.enumerated() { elements[index] = convert(element) }
  return LAMINA_OK
}

/// Writes how many there are of something that a model has.
func writeCount<Count: FixedWidthInteger>(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Count>?,
  _ value: (Model) throws(LaminaError) -> Int
) -> lamina_status {
  count?.pointee = 0
  return attempt { () throws(LaminaError) in
    let found = try reading(handle, value)
    try require(count, "count").pointee = Count(truncatingIfNeeded: found)
  }
}

/// Writes one of the shapes that a model has.
func writeShape(
  _ handle: OpaquePointer?, _ index: Int, _ shape: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ rank: UnsafeMutablePointer<Int>?, _ shapes: (Model) -> [Shape]
) -> lamina_status {
  rank?.pointee = 0
  var dimensions: [Int] = []
  let status = attempt { () throws(LaminaError) in
    dimensions = try element(of: reading(handle, shapes), index, "shape").dimensions
    _ = try require(rank, "rank")
  }
  guard status == LAMINA_OK else { return status }
  return writeArray(dimensions, shape, capacity, rank) { Int64($0) }
}

/// - Throws: `.invalidArgument` where there is no such element.
func element<Element>(
  of array: [Element], _ index: Int, _ kind: StaticString
) throws(LaminaError) -> Element {
  guard array.indices.contains(index) else {
    throw LaminaError(
      .invalidArgument, "there is no \(kind) \(UInt(bitPattern: index)), there are \(array.count)")
  }
  return array[index]
}
