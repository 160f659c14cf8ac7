import Testing

@testable import Lamina

@Suite struct CSVParserTests {
  @Test func fieldsAndRecordsAreSplit() throws {
    #expect(try csvRecords("a,b,c\n1,2,3\n") == [["a", "b", "c"], ["1", "2", "3"]])
    #expect(try csvRecords("a,,\n,,c\n") == [["a", "", ""], ["", "", "c"]])
    #expect(try csvRecords("") == [])
    #expect(try csvRecords(",") == [["", ""]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func anyLineBreakEndsARecord(lineBreak: String) throws {
    let lines = ["a,b", "1,2", "3,4"]
    let records = [["a", "b"], ["1", "2"], ["3", "4"]]
    #expect(try csvRecords(lines.joined(separator: lineBreak)) == records)
    #expect(try csvRecords(lines.joined(separator: lineBreak) + lineBreak) == records)
  }

  @Test func quotesHoldWhatWouldEndAField() throws {
    #expect(try csvRecords(#""a,b","c""d","""""# + "\n") == [["a,b", "c\"d", "\""]])
    #expect(try csvRecords("\"a\nb\",\"c\r\nd\"\r\n1,2") == [["a\nb", "c\r\nd"], ["1", "2"]])
    #expect(try csvRecords("\"\",x") == [["", "x"]])
  }

  @Test func otherSeparatorsLeaveCommasAlone() throws {
    #expect(try csvRecords("a,b;c", CSVFormat(separator: .semicolon)) == [["a,b", "c"]])
    #expect(try csvRecords("a,b\tc;d", CSVFormat(separator: .tab)) == [["a,b", "c;d"]])
    #expect(try csvRecords("\t\t", CSVFormat(separator: .tab)) == [["", "", ""]])
  }

  @Test func aByteOrderMarkIsPassedOver() throws {
    #expect(try csvRecords("\u{FEFF}\"a\",b") == [["a", "b"]])
    #expect(try csvRecords("\u{FEFF}") == [])
    #expect(try csvRecords("a,\u{FEFF}") == [["a", "\u{FEFF}"]])
  }

  @Test func blankLinesArePassedOver() throws {
    #expect(try csvRecords("\n\r\na\n\n  \nb\n\n") == [["a"], ["b"]])
    #expect(try csvRecords("a\n\"\"\nb") == [["a"], [""], ["b"]])
  }

  @Test func spacesAroundFieldsAreDroppedOrKept() throws {
    let text = " a ,\" b \" ,\tc d\t\n"
    #expect(try csvRecords(text) == [["a", " b ", "c d"]])
    let strict = CSVFormat(trimsSpaces: false)
    #expect(
      try csvRecords(" a ,\" b \",\tc d\t\n  ,x,y", strict)
        == [[" a ", " b ", "\tc d\t"], ["  ", "x", "y"]])
    expectError(.format, "line 1: a quote within a field") { _ = try csvRecords(" \"b\"", strict) }
    expectError(.format, "line 1: something between") { _ = try csvRecords("\"b\" ,c", strict) }
  }

  @Test func raggedRecordsAreRefusedByLine() {
    expectError(.format, "line 3: 1 fields, expected 2 as in line 1") {
      _ = try csvRecords("a,b\n1,2\n3\n4,5")
    }
    expectError(.format, "line 6: 3 fields, expected 2 as in line 2") {
      _ = try csvRecords("\na,b\n\"1\n\r\n\",2\n3,4,5")
    }
  }

  @Test func misplacedQuotesAreRefusedByLine() {
    expectError(.format, "line 2: a quote within a field") { _ = try csvRecords("a\nb\"c\"") }
    expectError(.format, "line 3: something between a closing quote") {
      _ = try csvRecords("a\n\"b\nc\"d")
    }
    expectError(.format, "line 2: a quote is opened and never closed") {
      _ = try csvRecords("a\n\"b\n\nc")
    }
    expectError(.format, "never closed") { _ = try csvRecords("\"a\"\"") }
  }

  @Test func textsMustBeUTF8WithoutZeros() {
    for bytes in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0x80]] as [[UInt8]] {
      for field in [bytes, [0x22] + bytes + [0x22]] {
        expectError(.format, "line 2: a field that is not UTF-8") {
          _ = try CSVParser.parse([0x61, 0x0A] + field + [0x0A], format: CSVFormat())
        }
      }
    }
    expectError(.format, "line 1: a zero character") { _ = try csvRecords("a,\0") }
  }

  @Test func linesAreThoseThatRecordsBeginIn() throws {
    let fields = try CSVParser.parse(
      Array("a\r\n\"b\nc\rd\r\ne\"\n\nf".utf8), format: CSVFormat())
    #expect(fields.lines == [1, 2, 7])
  }
}

/// Whatever the bytes are, they are read or refused: nothing crashes.
@Suite struct CSVParserPropertyTests {
  private static let separators: [(CSVFormat.Separator, Character)] = [
    (.comma, ","), (.semicolon, ";"), (.tab, "\t"),
  ]

  @Test(arguments: 0..<8)
  func whatIsWrittenIsRead(seed: UInt64) throws {
    let pieces = [
      "a", "1", ",", ";", "\t", "\"", "\n", "\r", "\r\n", " ", "é", "e\u{301}", "😀", "\u{FEFF}",
      "NA", "",
    ]
    var generator = SeededGenerator(seed: 4180 + seed)
    for trial in 0..<200 {
      let columnCount = Int.random(in: 1...5, using: &generator)
      let records = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        (0..<columnCount).map { _ in
          (0..<Int.random(in: 0...4, using: &generator))
            .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        }
      }
      let (separator, character) = CSVParserPropertyTests.separators[trial % 3]
      let text = csvText(
        records, separator: character, lineBreak: ["\n", "\r\n", "\r"][trial / 3 % 3],
        quotesAnyway: { Bool.random(using: &generator) })
      let format = CSVFormat(separator: separator, trimsSpaces: trial % 2 == 0)
      let read = try csvRecords(text, format)
      // String's == takes "é" and "e\u{301}" for the same.
      #expect(
        read.map { $0.map { Array($0.utf8) } } == records.map { $0.map { Array($0.utf8) } },
        "seed \(seed), trial \(trial)")
    }
  }

  @Test(arguments: 0..<8)
  func randomBytesAreReadOrRefused(seed: UInt64) throws {
    let sound = Array("a,b;\tc\r\n1,\"x\"\"\ny\"\n-2.5e3,é\n\n,?\n".utf8)
    let likely = Array("1,,;\t\"\n\r .e\u{FEFF}".utf8) + [0, 0xFF]
    var generator = SeededGenerator(seed: 5000 + seed)
    var read = 0
    var refused = 0
    for trial in 0..<2000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let start = Int.random(in: 0...bytes.count, using: &generator)
        let end = min(bytes.count, start + Int.random(in: 0...2, using: &generator))
        let count = Int.random(in: 0...2, using: &generator)
        bytes.replaceSubrange(
          start..<end, with: (0..<count).map { _ in likely.randomElement(using: &generator) ?? 0 })
      }
      if trial % 4 == 0 {
        bytes = (0..<trial % 40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      }
      do throws(LaminaError) {
        try use(bytes, trial: trial)
        read += 1
      } catch {
        #expect(error.kind == .format || error.kind == .invalidArgument, "\(error)")
        refused += 1
      }
    }
    #expect(read > 200 && refused > 200, "\(read) read, \(refused) refused")
  }

  /// Reads the bytes as a table and encodes it in one of several ways.
  private func use(_ bytes: [UInt8], trial: Int) throws(LaminaError) {
    let format = CSVFormat(
      separator: CSVParserPropertyTests.separators[trial % 3].0, hasHeader: trial % 2 == 0,
      trimsSpaces: trial % 5 != 0)
    let table = try CSVTable(bytes: bytes, format: format)
    let options = TableEncoder.Options(
      missingValues: .mean, addsMissingIndicators: true,
      categories: trial % 7 < 4 ? .oneHot : .integers)
    let encoder = try TableEncoder(
      fittedTo: table, target: trial % 8 == 1 ? .last : nil, options: options)
    let encoded = try encoder.encode(table)
    #expect(encoded.features.count == encoded.rowCount * encoded.featureNames.count)
    #expect(encoded.features.allSatisfy { $0.isFinite })
  }
}
