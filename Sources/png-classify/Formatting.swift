import Glibc

/// A number with so many decimals, rounded as C's printf does.
func fixed(_ value: Double, decimals: Int) -> String {
  // Room for the largest double, 309 digits.
  let bytes = [CChar](unsafeUninitializedCapacity: 400) { buffer, initializedCount in
    let length = withVaList([Int32(decimals), value]) {
      vsnprintf(buffer.baseAddress, buffer.count, "%.*f", $0)
    }
    initializedCount = min(max(0, Int(length)), buffer.count - 1)
  }
  return String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Seconds as people say them: "0.7s", "12s", "3m 05s", "2h 10m"; tenths only below ten seconds.
func duration(_ seconds: Double, tenths: Bool = true) -> String {
  func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  if tenths, seconds < 9.95 { return fixed(max(0, seconds), decimals: 1) + "s" }
  let whole = Int(max(0, min(seconds.rounded(), 1e9)))
  if whole < 60 { return "\(whole)s" }
  if whole < 3600 { return "\(whole / 60)m \(twoDigits(whole % 60))s" }
  return "\(whole / 3600)h \(twoDigits(whole / 60 % 60))m"
}

/// The time of one step: "370us", "12ms", "2.5s".
func stepTime(_ seconds: Double) -> String {
  if seconds < 0.9995e-3 { return fixed(seconds * 1e6, decimals: 0) + "us" }
  if seconds < 0.9995 { return fixed(seconds * 1e3, decimals: 0) + "ms" }
  return fixed(seconds, decimals: 1) + "s"
}

/// "97.43 %"
func percent(_ value: Double) -> String {
  fixed(100 * value, decimals: 2) + " %"
}

/// The text with control characters written out, such as "\x1b": file names and what files hold
/// must neither steer the user's terminal nor break lines.
func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isControl) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isControl(scalar) {
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + (digits.count < 2 ? "0" : "") + digits
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
}

extension String {
  func paddedRight(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
