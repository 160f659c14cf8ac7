import CLamina
import Lamina

/// A pointer that must not be NULL.
///
/// - Throws: `.invalidArgument`, naming the parameter.
func require<Pointer>(
  _ pointer: Pointer?, _ name: @autoclosure () -> String
) throws(LaminaError) -> Pointer {
  guard let pointer else {
    throw LaminaError(.invalidArgument, "\(name()) is NULL")
  }
  return pointer
}

/// A string that must not be NULL. One that is not UTF-8 is refused: repaired it
/// would name another file.
func requireString(
  _ string: UnsafePointer<CChar>?, _ name: StaticString
) throws(LaminaError) -> String {
  guard let text = String(validatingCString: try require(string, "\(name)")) else {
    throw LaminaError(.invalidArgument, "\(name) is not UTF-8")
  }
  return text
}

/// A file's path, by the rules of `requireString`; the message shows it as far as it is text.
func requirePath(_ path: UnsafePointer<CChar>?) throws(LaminaError) -> String {
  let bytes = try require(path, "path")
  guard let text = String(validatingCString: bytes) else {
    throw LaminaError(.invalidArgument, "path is not UTF-8: \(String(cString: bytes))")
  }
  return text
}

/// The bytes of a memory argument.
///
/// - Throws: `.invalidArgument` where they are NULL or more than can be.
func requireBytes(
  _ bytes: UnsafeRawPointer?, _ size: Int, _ name: StaticString
) throws(LaminaError) -> UnsafeBufferPointer<UInt8> {
  let bytes = try require(bytes, "\(name)")
  guard size >= 0 else {
    throw LaminaError(.invalidArgument, "size is larger than memory can be")
  }
  return UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: size)
}

/// A number of things, which the caller gives as a size.
///
/// - Parameter standard: what 0 means.
/// - Throws: `.invalidArgument` where there are more than can be.
func checkedCount(
  _ size: Int, _ name: StaticString, standard: Int
) throws(LaminaError) -> Int {
  guard size >= 0, size <= Int(Int32.max) else {
    // A size above Int.max arrives as a negative number.
    throw LaminaError(
      .invalidArgument,
      "\(name) is \(UInt(bitPattern: size)), expected at most \(Int32.max)")
  }
  return size == 0 ? standard : size
}

/// Numbers of the caller's, as one row.
///
/// - Throws: `.invalidArgument` where they are NULL, not aligned, or not as many as
///   there must be.
func row(
  _ numbers: UnsafePointer<Float>?, _ count: Int, expected: Int, _ name: StaticString
) throws(LaminaError) -> MatrixView {
  guard count == expected else {
    throw LaminaError(
      .invalidArgument,
      "expected \(expected) \(name), got \(UInt(bitPattern: count))")
  }
  let numbers = try require(numbers, "\(name)")
  try checkAlignment(numbers, 4, "\(name)")
  return MatrixView(
    rows: 1, columns: count, elements: UnsafeMutablePointer(mutating: numbers))
}

/// What the structs of lamina.h had as their size when they first came out.
/// Programs of that time must go on working when a struct grows.
enum FirstSize {
  static let dataset = 48
  static let fitOptions = 104
  static let pngOptions = 16
  static let sessionOptions = 16
  static let tensor = 96
}

/// - Parameter place: what messages call the size; by default the struct's.
/// - Throws: `.invalidArgument` where a struct is smaller than it ever was.
func checkStructSize(
  _ size: Int, _ least: Int, _ name: StaticString, _ place: @autoclosure () -> String? = nil
) throws(LaminaError) {
  guard UInt(bitPattern: size) >= UInt(least) else {
    throw LaminaError(
      .invalidArgument,
      "\(place() ?? "\(name).struct_size") is \(UInt(bitPattern: size)), "
        + "expected sizeof(\(name)), at least \(least)")
  }
}
