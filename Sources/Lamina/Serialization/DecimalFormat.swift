/// A number with so many places after the point, rounded from its exact value,
/// halves to even: 0.03125 gives "0.0312". As Python's f"{value:.4f}".
func decimal(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return notFinite(value) }
  let digits = ExactDigits(value).rounded(toPlace: -places)
  return sign(value) + digits.text(from: max(0, digits.firstPlace), point: 0, places: places)
}

/// A number as a power of ten times one from 1 to below 10: 0.00012 gives
/// "1.2000e-04". As Python's f"{value:.4e}".
func scientific(_ value: Double, places: Int) -> String {
  guard value.isFinite else { return notFinite(value) }
  let exact = ExactDigits(value)
  let digits = exact.rounded(toPlace: exact.firstPlace - places)
  let exponent = digits.firstPlace
  let mantissa = digits.text(from: exponent, point: exponent, places: places)
  let size = exponent.magnitude
  return sign(value) + mantissa + (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + "\(size)"
}

private func sign(_ value: Double) -> String { value.sign == .minus ? "-" : "" }

private func notFinite(_ value: Double) -> String {
  value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
}

/// The decimal digits of a number's size; a double has finitely many.
private struct ExactDigits {
  /// The last digit first; those that are not there are 0.
  private var digits: [UInt8]
  /// The power of ten that the last digit counts.
  private var lastPlace: Int

  /// significand * 2^exponent, which is significand * 5^-exponent * 10^exponent
  /// for a negative exponent.
  init(_ value: Double) {
    let bits = Int(value.bitPattern & (1 << 52 - 1))
    let isNormal = value.isNormal
    let significand = isNormal ? bits | 1 << 52 : bits
    let exponent = Int(value.exponentBitPattern) - (isNormal ? 1075 : 1074)
    digits = []
    var rest = significand
    while rest > 0 {
      digits.append(UInt8(rest % 10))
      rest /= 10
    }
    lastPlace = min(0, exponent)
    for _ in 0..<Int(exponent.magnitude) { multiply(by: exponent < 0 ? 5 : 2) }
  }

  private init(digits: [UInt8], lastPlace: Int) {
    self.digits = digits
    self.lastPlace = lastPlace
  }

  private mutating func multiply(by factor: UInt8) {
    var carry: UInt8 = 0
    for index in digits.indices {
      let product = digits[index] * factor + carry
      digits[index] = product % 10
      carry = product / 10
    }
    if carry > 0 { digits.append(carry) }
  }

  /// The place of the first digit; 0 for zero.
  var firstPlace: Int { digits.isEmpty ? 0 : lastPlace + digits.count - 1 }

  private func digit(at place: Int) -> UInt8 {
    let index = place - lastPlace
    return digits.indices.contains(index) ? digits[index] : 0
  }

  /// Rounded to a multiple of 10^place, halves to even.
  func rounded(toPlace place: Int) -> ExactDigits {
    guard place > lastPlace else { return self }
    let first = digit(at: place - 1)
    let isBeyondHalf = digits.prefix(max(0, place - 1 - lastPlace)).contains { $0 > 0 }
    let isUp = first > 5 || (first == 5 && (isBeyondHalf || digit(at: place) % 2 == 1))
    var kept = Array(digits.dropFirst(place - lastPlace))
    var index = 0
    while isUp {
      if index == kept.count { kept.append(0) }
      if kept[index] < 9 {
        kept[index] += 1
        break
      }
      kept[index] = 0
      index += 1
    }
    return ExactDigits(digits: kept, lastPlace: place)
  }

  /// The digits from the place `first` on, with so many places after `point`.
  func text(from first: Int, point: Int, places: Int) -> String {
    var text: [UInt8] = []
    for place in stride(from: first, through: point - places, by: -1) {
      if place == point - 1 { text.append(UInt8(ascii: ".")) }
      text.append(UInt8(ascii: "0") + digit(at: place))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
