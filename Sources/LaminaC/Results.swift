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
