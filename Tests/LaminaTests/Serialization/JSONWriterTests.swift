import Testing

@testable import Lamina

@Suite struct JSONWriterTests {
  @Test func textsAreCompact() {
    let value = JSON.object([
      JSON.Member("b", .array([.null, .boolean(true), .boolean(false)])),
      JSON.Member("a", .object([])), JSON.Member("c", .array([])),
      JSON.Member("n", .array([.integer(.min), .number(1), .number(0.1), .number(1e-7)])),
    ])
    #expect(
      value.text
        == #"{"b":[null,true,false],"a":{},"c":[],"n":[-9223372036854775808,1.0,0.1,1e-07]}"#)
  }

  @Test func stringsAreEscaped() {
    #expect(
      JSON.string("\"\\/\n\r\t\u{8}\u{1F}\0é😀\u{7F}").text
        == #""\"\\/\n\r\t\u0008\u001f\u0000é😀"# + "\u{7F}\"")
  }

  @Test func whatIsNotFiniteIsNull() {
    for value in [Double.nan, .infinity, -.infinity] { #expect(JSON.number(value).text == "null") }
    #expect(JSON.number(of: Float.infinity).text == "null")
  }

  @Test func floatsAreWrittenShortly() {
    #expect(JSON.number(of: Float(0.2)).text == "0.2")
    #expect(JSON.number(of: Float(1e-7)).text == "1e-07")
    #expect(JSON.number(of: Float(255)).text == "255.0")
    #expect(JSON.number(of: -Float.greatestFiniteMagnitude).text == "-3.4028235e+38")
  }

  @Test(arguments: 0..<50)
  func whatIsWrittenReadsBackTheSame(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let value = randomValue(&generator, depth: 4)
      let again = try JSONParser.parse(Array(value.text.utf8))
      #expect(again == value)
      #expect(again.text == value.text)
    }
  }

  private func randomValue(_ generator: inout SeededGenerator, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .boolean(Bool.random(using: &generator))
    case 2: return .integer(Int(truncatingIfNeeded: generator.next() >> (generator.next() & 63)))
    case 3:
      let value = Double(bitPattern: generator.next())
      return value.isFinite ? .number(value) : .number(0.1)
    case 4: return .string(randomString(&generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
          randomValue(&generator, depth: depth - 1)
        })
    default:
      return .object(
        (0..<Int.random(in: 0..<5, using: &generator)).map { index in
          // The number keeps keys apart.
          JSON.Member(
            "\(index)" + randomString(&generator), randomValue(&generator, depth: depth - 1))
        })
    }
  }

  /// Any characters but zero, which is refused.
  private func randomString(_ generator: inout SeededGenerator) -> String {
    var string = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &generator) {
      let limit: UInt32 = [0x20, 0x80, 0x3000, 0x11_0000].randomElement(using: &generator) ?? 0x80
      let code = UInt32.random(in: 1..<limit, using: &generator)
      if let scalar = Unicode.Scalar(code) { string.append(scalar) }
    }
    return String(string)
  }
}
