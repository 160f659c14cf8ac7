/// How Python writes a number: "02d", ".3f", or nothing for the shortest.
struct NumberFormat: Equatable {
  private var fillsWithZeros = false
  private var width = 0
  private var decimals: Int?
  private var isInteger = false

  /// nil where the text is no such format.
  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    if rest.first == UInt8(ascii: "0") {
      fillsWithZeros = true
      rest = rest.dropFirst()
    }
    guard let width = NumberFormat.takeNumber(&rest) else { return nil }
    self.width = width
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard let first = rest.first, first >= UInt8(ascii: "0"), first <= UInt8(ascii: "9"),
        let count = NumberFormat.takeNumber(&rest), count <= 15, rest.first == UInt8(ascii: "f")
      else { return nil }
      decimals = count
    }
    switch rest.first {
    case nil: break
    case UInt8(ascii: "d"): isInteger = true
    case UInt8(ascii: "f"): decimals = decimals ?? 6
    default: return nil
    }
    guard rest.count <= 1 else { return nil }
  }

  /// The digits at the front as a number, 0 for none; nil beyond 99.
  private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> Int? {
    var number = 0
    while let byte = text.first, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      number = 10 * number + Int(byte - UInt8(ascii: "0"))
      guard number < 100 else { return nil }
      text = text.dropFirst()
    }
    return number
  }

  func text(of value: Int) -> String {
    padded(decimals.map { decimal(Double(value), places: $0) } ?? "\(value)")
  }

  /// nil where an integer is asked for.
  func text(of value: Double) -> String? {
    if isInteger { return nil }
    return padded(
      decimals.map { decimal(value, places: $0) } ?? PythonNumber.text(of: value))
  }

  private func padded(_ text: String) -> String {
    let missing = width - text.utf8.count
    guard missing > 0 else { return text }
    guard fillsWithZeros else { return String(repeating: " ", count: missing) + text }
    let zeros = String(repeating: "0", count: missing)
    return text.hasPrefix("-")
      ? "-" + zeros + String(decoding: text.utf8.dropFirst(), as: UTF8.self) : zeros + text
  }
}

/// Numbers as Python writes them.
enum PythonNumber {
  /// The shortest text that gives the same double: "0.1", "1e-05", "1e+16",
  /// "nan", "inf".
  static func text(of value: Double) -> String {
    if value.isNaN { return "nan" }
    // Swift goes over to exponents at 2^53, where all doubles are integers,
    // Python at 10^16.
    if value.magnitude >= 0x1p53, value.magnitude < 1e16 { return "\(Int(value)).0" }
    return value.description
  }
}
