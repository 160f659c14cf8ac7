import Foundation
import Testing

@testable import Lamina

private func value(_ text: String) -> Double? { DecimalNumber.value(of: Array(text.utf8)[...]) }

private let localeCompiler = "/usr/bin/localedef"

@Suite struct DecimalNumberTests {
  @Test func decimalNumbersAreRead() {
    let numbers: [(String, Double)] = [
      ("0", 0), ("-0", 0), ("17", 17), ("-17", -17), ("+3", 3), ("007", 7), ("1.5", 1.5),
      (".5", 0.5), ("5.", 5), ("-.25", -0.25), ("1e3", 1000), ("1E+2", 100), ("25e-1", 2.5),
      ("1.e1", 10), ("0.1", 0.1), ("1e-999", 0), ("1e999", .infinity), ("-1e999", -.infinity),
    ]
    for (text, number) in numbers { #expect(value(text) == number, "\(text)") }
  }

  @Test func otherTextsAreNoNumbers() {
    for text in [
      "", " ", "a", "1a", "a1", " 1", "1 ", "1\n", "nan", "NaN", "inf", "-inf", "infinity", "0x10",
      "1,5", "1_000", "1 000", "--1", "+-1", "+", "-", ".", "e5", ".e5", "1e", "1e+", "1e5.0",
      "1.2.3", "1\0", "１", "1p3",
    ] {
      #expect(value(text) == nil, "\(text)")
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
      let table = try CSVTable(text: "a;b\n0.5;0,5\n", format: CSVFormat(separator: .semicolon))
      guard table.columnKinds == [.numeric, .categorical] else { exit(2) }
      guard try table.numbers(in: "a") == [0.5] else { exit(3) }
    }
  }
}
