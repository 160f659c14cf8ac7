import CLamina
import Lamina

/// A pointer that must not be NULL.
///
/// - Throws: `.invalidArgument`, naming the parameter.
func require<Pointer>(_ pointer: Pointer?, _ name: StaticString) throws(LaminaError) -> Pointer {
  guard let pointer else {
    throw LaminaError(.invalidArgument, "\(name) is NULL")
  }
  return pointer
}

/// A string that must not be NULL.
func requireString(
  _ string: UnsafePointer<CChar>?, _ name: StaticString
) throws(LaminaError) -> String {
  String(cString: try require(string, name))
}

/// The bytes of a memory argument.
///
/// - Throws: `.invalidArgument` where they are NULL or more than can be.
func requireBytes(
  _ bytes: UnsafeRawPointer?, _ size: Int, _ name: StaticString
) throws(LaminaError) -> UnsafeBufferPointer<UInt8> {
  let bytes = try require(bytes, name)
  guard size >= 0 else {
    throw LaminaError(.invalidArgument, "size is larger than memory can be")
  }
  return UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: size)
}

/// - Throws: `.invalidArgument` where a struct is smaller than this version's.
func checkStructSize(_ size: Int, _ expected: Int, _ name: StaticString) throws(LaminaError) {
  guard size >= expected else {
    throw LaminaError(
      .invalidArgument,
      "\(name)->struct_size is \(UInt(bitPattern: size)), expected sizeof(\(name)), \(expected)")
  }
}

/// A picture's reading options, the defaults where there are none.
func decoderOptions(
  _ options: UnsafePointer<lamina_png_options>?
) throws(LaminaError) -> UInt64? {
  guard let options else { return nil }
  try checkStructSize(
    options.pointee.struct_size, MemoryLayout<lamina_png_options>.size, "lamina_png_options")
  return options.pointee.max_pixels == 0 ? nil : options.pointee.max_pixels
}
