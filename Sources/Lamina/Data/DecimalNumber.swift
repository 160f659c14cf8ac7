import CSystem

/// Decimal numbers as tables write them: a sign or none, digits with a decimal
/// point or without, an exponent or none. "nan", "inf", hexadecimal numbers,
/// spaces and thousands separators are none.
enum DecimalNumber {
  /// Whether the whole text is one.
  static func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var position = text.startIndex
    skipSign(text, &position)
    let wholeDigits = skipDigits(text, &position)
    var fractionDigits = 0
    if position < text.endIndex, text[position] == UInt8(ascii: ".") {
      position += 1
      fractionDigits = skipDigits(text, &position)
    }
    guard wholeDigits + fractionDigits > 0 else { return false }
    if position < text.endIndex, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      skipSign(text, &position)
      guard skipDigits(text, &position) > 0 else { return false }
    }
    return position == text.endIndex
  }

  /// The number that the text is, infinite where it is too large for a double;
  /// nil where it is none.
  static func value(of text: ArraySlice<UInt8>) -> Double? {
    guard matches(text) else { return nil }
    var length = 0
    return laminasystem_parse_number(String(decoding: text, as: UTF8.self), &length)
  }

  private static func skipSign(_ text: ArraySlice<UInt8>, _ position: inout Int) {
    guard position < text.endIndex else { return }
    if text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") { position += 1 }
  }

  /// - Returns: how many digits there were.
  private static func skipDigits(_ text: ArraySlice<UInt8>, _ position: inout Int) -> Int {
    let start = position
    while position < text.endIndex, text[position] >= UInt8(ascii: "0"),
      text[position] <= UInt8(ascii: "9")
    {
      position += 1
    }
    return position - start
  }
}
