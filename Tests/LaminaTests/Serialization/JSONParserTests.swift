import Foundation
import Testing

@testable import Lamina

private func parse(_ text: String) throws -> JSON { try JSONParser.parse(Array(text.utf8)) }

private let localeCompiler = "/usr/bin/localedef"

@Suite struct JSONParserTests {
  @Test func valuesAreRead() throws {
    #expect(try parse("null") == .null)
    #expect(try parse(" \t\r\n true \n") == .boolean(true))
    #expect(try parse("false") == .boolean(false))
    #expect(try parse("[]") == .array([]))
    #expect(try parse("{}") == .object([]))
    #expect(try parse("[1,[2] , {}]") == .array([.integer(1), .array([.integer(2)]), .object([])]))
    #expect(
      try parse(#"{"b":1,"a":{"":null}}"#)
        == .object([
          JSON.Member("b", .integer(1)), JSON.Member("a", .object([JSON.Member("", .null)])),
        ]))
  }

  @Test func numbersAreRead() throws {
    let numbers: [(String, JSON)] = [
      ("0", .integer(0)), ("-0", .integer(0)), ("-17", .integer(-17)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("123456789012345678901234567890", .number(123_456_789_012_345_677_877_719_597_056)),
      ("0.5", .number(0.5)), ("-0.0", .number(-0.0)), ("1e3", .number(1000)),
      ("1E+2", .number(100)), ("25e-1", .number(2.5)),
      ("1.7976931348623157e308", .number(.greatestFiniteMagnitude)),
      ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-999", .number(0)),
      ("0.1", .number(0.1)), ("255.0", .number(255)),
    ]
    for (text, value) in numbers { #expect(try parse(text) == value, "\(text)") }
  }

  @Test func stringsAreRead() throws {
    #expect(try parse(#""a\"\\\/\b\f\n\r\t""#) == .string("a\"\\/\u{8}\u{C}\n\r\t"))
    #expect(try parse(#""\u0041\u00e9\u20AC""#) == .string("Aé€"))
    #expect(try parse(#""\uD83D\uDE00""#) == .string("😀"))
    #expect(try parse(#""\uDBFF\uDFFF\uD800\uDC00""#) == .string("\u{10FFFF}\u{10000}"))
    #expect(try parse("\"é😀\u{7F}\u{FFFF}\"") == .string("é😀\u{7F}\u{FFFF}"))
  }

  static let invalid: [(text: String, problem: String)] = [
    ("", "the text ends where a value is expected"), ("  ", "ends where a value is expected"),
    ("[", "ends where a value is expected"), ("[1", "no \",\" or \"]\""),
    ("[1,", "ends where a value is expected"), ("[1,]", "no value"), ("[,1]", "no value"),
    ("[1 2]", "no \",\" or \"]\""), ("[1}", "no \",\" or \"]\""), ("]", "no value"),
    ("{", "no key in quotes"), ("{1:2}", "no key in quotes"), ("{a:1}", "no key in quotes"),
    (#"{"a"}"#, "no \":\" after a key"), (#"{"a":}"#, "no value"),
    (#"{"a":1,}"#, "no key in quotes"), (#"{"a":1 "b":2}"#, "no \",\" or \"}\""),
    (#"{"a":1]"#, "no \",\" or \"}\""), ("1 2", "something after the value"),
    ("{} x", "something after the value"), ("nul", "an unknown word"), ("True", "no value"),
    ("truefalse", "something after the value"), ("NaN", "no value"), ("Infinity", "no value"),
    ("-Infinity", "no value"), ("+1", "no value"), ("-", "no value"), (".5", "no value"),
    ("01", "something after the value"), ("-01", "something after the value"),
    ("0x10", "something after the value"), ("1.", "no digit after the decimal point"),
    ("1.e5", "no digit after the decimal point"), ("1e", "no digit in the exponent"),
    ("1e+", "no digit in the exponent"), ("1e999", "a number out of range"),
    ("-1e999", "a number out of range"), ("1,5", "something after the value"),
    ("1_000", "something after the value"), ("\"", "the text ends in a string"),
    (#""abc"#, "the text ends in a string"), (#""\"#, "the text ends in a string"),
    (#""\""#, "the text ends in a string"), (#""\x41""#, "an unknown escape"),
    (#""\u12""#, "no four hexadecimal digits"), (#""\u12G4""#, "no four hexadecimal digits"),
    (#""\u+123""#, "no four hexadecimal digits"), (#""\uD800""#, "half a surrogate pair"),
    (#""\uDC00""#, "half a surrogate pair"), (#""\uD800\uD800""#, "half a surrogate pair"),
    (#""\uD800\n""#, "half a surrogate pair"), (#""\uD800x""#, "half a surrogate pair"),
    ("\"a\nb\"", "a control character in a string"), ("\"\u{1F}\"", "a control character"),
    ("\"\0\"", "a control character"), (#""\u0000""#, "a zero character"),
    ("'a'", "no value"), ("// no\n1", "no value"),
    ("\u{FEFF}1", "no value"), ("\u{A0}1", "no value"), ("\0", "no value"),
    ("1\0", "something after the value"),
  ]

  @Test func invalidTextsAreRefused() {
    for (text, problem) in JSONParserTests.invalid {
      expectError(.format, "not JSON", problem, "at byte") { _ = try parse(text) }
    }
  }

  @Test func errorsNameTheByte() {
    expectError(.format, "no value at byte 4") { _ = try parse("[1, x]") }
    expectError(.format, "something after the value at byte 2") { _ = try parse("1 x") }
  }

  @Test func stringsMustBeUTF8() {
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0x80]] as [[UInt8]] {
      expectError(.format, "a string that is not UTF-8") {
        _ = try JSONParser.parse([0x22] + bytes + [0x22])
      }
    }
  }

  @Test func keysAreThereOnce() {
    expectError(.format, "the key \"a\" is there twice") { _ = try parse(#"{"a":1,"b":2,"a":1}"#) }
    expectError(.format, "\"é\" is there twice") { _ = try parse(#"[{"é":1,"\u00e9":2}]"#) }
    expectError(.format, "\"\" is there twice") { _ = try parse(#"{"":1,"":2}"#) }
    #expect(throws: Never.self) { try parse(#"{"a":{"a":1},"b":{"a":1}}"#) }
  }

  @Test func manyKeysTakeLittleTime() throws {
    let members = (0..<100_000).map { "\"k\($0)\":0" }
    let value = try parse("{" + members.joined(separator: ",") + "}")
    #expect(value["k99999"] == .integer(0))
  }

  @Test func levelsAreLimited() throws {
    func nested(_ levels: Int, _ open: String, _ close: String) -> String {
      String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
    }
    #expect(throws: Never.self) { try parse(nested(64, "[", "]")) }
    #expect(throws: Never.self) { try parse(nested(64, "{\"a\":", "}")) }
    // Side by side is not deep.
    #expect(throws: Never.self) { try parse("[" + nested(63, "[", "]") + ",[[1]],{}]") }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      for levels in [65, 100_000] {
        expectError(.format, "more than 64 levels") { _ = try parse(nested(levels, open, close)) }
      }
    }
  }

  @Test(
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: localeCompiler)
        && FileManager.default.fileExists(atPath: "/usr/share/i18n/locales/de_DE"),
      "no locale that writes a comma can be made here"))
  func localeDoesNotMatter() async {
    // In a process of its own, since a locale is the whole process's.
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let compiler = Process()
      compiler.executableURL = URL(fileURLWithPath: localeCompiler)
      compiler.arguments = ["-i", "de_DE", "-f", "UTF-8", folder.path("de_DE.UTF-8")]
      try compiler.run()
      compiler.waitUntilExit()
      setenv("LOCPATH", folder.url.path, 1)
      guard setlocale(LC_ALL, "de_DE.UTF-8") != nil, strtod("0,5", nil) == 0.5 else { exit(1) }
      let value = try JSONParser.parse(Array("[0.5,1e-3]".utf8))
      guard value == .array([.number(0.5), .number(1e-3)]) else { exit(2) }
      guard value.text == "[0.5,0.001]", JSON.number(of: 0.2).text == "0.2" else { exit(3) }
    }
  }
}
