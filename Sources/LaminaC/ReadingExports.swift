import CLamina
import Lamina
import LaminaPNG

@_cdecl("lamina_read_png_file") @implementation
public func lamina_read_png_file(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ options: UnsafePointer<lamina_png_options>?, _ text: UnsafeMutablePointer<CChar>?,
  _ textCapacity: Int, _ textNeeded: UnsafeMutablePointer<Int>?,
  _ digits: UnsafeMutablePointer<lamina_read_digit>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  read(handle, options, text, textCapacity, textNeeded, digits, capacity, count) {
    (reader) throws(LaminaError) in
    try reader.read(path: requirePath(path))
  }
}

@_cdecl("lamina_read_png_memory") @implementation
public func lamina_read_png_memory(
  _ handle: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ size: Int,
  _ options: UnsafePointer<lamina_png_options>?, _ text: UnsafeMutablePointer<CChar>?,
  _ textCapacity: Int, _ textNeeded: UnsafeMutablePointer<Int>?,
  _ digits: UnsafeMutablePointer<lamina_read_digit>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  read(handle, options, text, textCapacity, textNeeded, digits, capacity, count) {
    (reader) throws(LaminaError) in
    let bytes = try requireBytes(bytes, size, "bytes")
    return try reader.read(bytes.span, name: memoryName)
  }
}

private func read(
  _ handle: OpaquePointer?, _ options: UnsafePointer<lamina_png_options>?,
  _ text: UnsafeMutablePointer<CChar>?, _ textCapacity: Int,
  _ textNeeded: UnsafeMutablePointer<Int>?, _ digits: UnsafeMutablePointer<lamina_read_digit>?,
  _ capacity: Int, _ count: UnsafeMutablePointer<Int>?,
  _ body: (PNGReader) throws(LaminaError) -> PageReading
) -> lamina_status {
  count?.pointee = 0
  var found: [PageReading.Digit] = []
  let textStatus = writeString(text, textCapacity, textNeeded) { () throws(LaminaError) in
    guard digits != nil || capacity == 0 else {
      throw LaminaError(
        .invalidArgument, "digits is NULL, its capacity \(UInt(bitPattern: capacity))")
    }
    var reader = try PNGReader(session: session(handle))
    reader.maximumPixels = try decoder(options).maximumPixels
    let reading = try body(reader)
    found = reading.digits
    return reading.text(labels: reader.session.labels)
  }
  guard textStatus == LAMINA_OK || textStatus == LAMINA_ERROR_BUFFER_TOO_SMALL else {
    return textStatus
  }
  let arrayStatus = writeArray(found, digits, capacity, count, described)
  return textStatus == LAMINA_OK ? arrayStatus : textStatus
}

private func described(_ digit: PageReading.Digit) -> lamina_read_digit {
  lamina_read_digit(
    class_index: Int32(digit.prediction.classIndex), probability: digit.prediction.probability,
    x: UInt32(digit.box.columns.lowerBound), y: UInt32(digit.box.rows.lowerBound),
    width: UInt32(digit.box.columns.count), height: UInt32(digit.box.rows.count),
    line: UInt32(digit.line), begins_word: digit.beginsWord ? 1 : 0)
}
