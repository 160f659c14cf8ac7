import Testing

@testable import Lamina

private let houses = """
  rooms,town,price,heated
  3,Ulm,250.5,yes
  ,Bonn,310,no
  5,?,NA,yes
  4.5,Ulm,1e2,
  """

@Suite struct CSVTableTests {
  @Test func columnsHaveNamesKindsAndValues() throws {
    let table = try CSVTable(text: houses)
    #expect(table.columnNames == ["rooms", "town", "price", "heated"])
    #expect(table.columnKinds == [.numeric, .categorical, .numeric, .categorical])
    #expect(table.rowCount == 4)
    #expect(table.columnCount == 4)
    #expect(try table.numbers(in: "rooms") == [3, nil, 5, 4.5])
    #expect(try table.numbers(in: 2) == [250.5, 310, nil, 100])
    #expect(try table.texts(in: "town") == ["Ulm", "Bonn", nil, "Ulm"])
    #expect(try table.texts(in: .last) == ["yes", "no", "yes", nil])
    #expect(try table.texts(in: "price") == ["250.5", "310", nil, "1e2"])
  }

  @Test func columnsWithoutAHeaderAreNumbered() throws {
    let table = try CSVTable(text: "1,a\n2,b", format: CSVFormat(hasHeader: false))
    #expect(table.columnNames == ["column_0", "column_1"])
    #expect(table.rowCount == 2)
    #expect(try table.numbers(in: "column_0") == [1, 2])
    // As is a column that the header leaves without a name.
    #expect(try CSVTable(text: ",a\n1,2").columnNames == ["column_0", "a"])
  }

  @Test func aHeaderAloneHasNoRows() throws {
    let table = try CSVTable(text: "a,b\n")
    #expect(table.rowCount == 0)
    #expect(try table.numbers(in: "a") == [])
    for text in ["", "\n\n", "\u{FEFF}"] {
      expectError(.format, "empty", "expected a header") { _ = try CSVTable(text: text) }
    }
    expectError(.format, "expected a row") {
      _ = try CSVTable(text: "", format: CSVFormat(hasHeader: false))
    }
  }

  @Test func missingValuesCanBeOthers() throws {
    let text = "a,b\n-999,?\n,x\n1,NA"
    let table = try CSVTable(text: text, format: CSVFormat(missingValues: ["-999"]))
    #expect(try table.numbers(in: "a") == [nil, nil, 1])
    #expect(try table.texts(in: "b") == ["?", "x", "NA"])
    #expect(try CSVTable(text: "a\n\"\"\n\"NA\"").texts(in: "a") == [nil, nil])
  }

  @Test func aColumnOfMissingValuesIsNumeric() throws {
    let table = try CSVTable(text: "a,b\n,x\nNA,y")
    #expect(table.columnKinds == [.numeric, .categorical])
  }

  @Test func numbersCanBeCategories() throws {
    let table = try CSVTable(
      text: "digit,code\n7,1\n2,2", format: CSVFormat(categoricalColumns: ["digit", .last]))
    #expect(table.columnKinds == [.categorical, .categorical])
    #expect(try table.numbers(in: "digit") == [7, 2])
    expectError(.invalidArgument, "no column \"x\"") {
      _ = try CSVTable(text: "a", format: CSVFormat(categoricalColumns: ["x"]))
    }
  }

  @Test func numbersThatAreNoneAreRefusedByLineAndColumn() throws {
    let table = try CSVTable(text: "a,b\n1,2\n\n3,\"x\ny\"\n1e39,5")
    expectError(.format, "line 4, column \"b\"", "expected a number, got \"x\ny\"") {
      _ = try table.numbers(in: "b")
    }
    expectError(.format, "line 6, column \"a\"", "\"1e39\" is beyond float32's range") {
      _ = try table.numbers(in: "a")
    }
  }

  @Test func messagesCutLongFields() throws {
    let table = try CSVTable(text: "a\n" + String(repeating: "é", count: 5000))
    let error = #expect(throws: LaminaError.self) { _ = try table.numbers(in: "a") }
    #expect((error?.message.utf8.count ?? .max) < 150)
    #expect(error?.message.hasSuffix("é...\"") == true)
  }

  @Test func columnsMustBeThere() throws {
    let table = try CSVTable(text: houses)
    expectError(.invalidArgument, "no column \"Rooms\"") { _ = try table.index(of: "Rooms") }
    for index in [-1, 4, Int.max, Int.min] {
      expectError(.invalidArgument, "no column \(index); the table has 4") {
        _ = try table.index(of: .index(index))
      }
    }
    #expect(try table.index(of: .last) == 3)
    #expect(try table.index(of: "town") == 1)
  }

  @Test func namesAreThereOnceAndShort() {
    expectError(.format, "line 2: columns 0 and 2 are both named \"a\"") {
      _ = try CSVTable(text: "\na,b,a\n1,2,3")
    }
    expectError(.format, "line 1: column 1's name has more than 1000 bytes") {
      _ = try CSVTable(text: "a," + String(repeating: "b", count: 1001))
    }
  }

  @Test func rowsKeepNamesKindsAndLines() throws {
    let table = try CSVTable(text: "a,b\n1,x\n2,3\n4,y")
    let part = try table.rows(1..<3).rows(0..<1)
    #expect(part.rowCount == 1)
    #expect(part.columnNames == ["a", "b"])
    #expect(part.columnKinds == [.numeric, .categorical])
    #expect(try part.texts(in: "b") == ["3"])
    expectError(.format, "line 4") { _ = try table.rows(1..<3).numbers(in: "b") }
    for range in [-1..<2, 2..<4, 4..<4] {
      expectError(.invalidArgument, "of 3 do not exist") { _ = try table.rows(range) }
    }
  }

  @Test func shufflingMovesWholeRowsTheSameWayForASeed() throws {
    let numbers = (0..<100).map { "\($0),r\($0)" }.joined(separator: "\n")
    let table = try CSVTable(text: "a,b\n" + numbers)
    let shuffled = table.shuffled(seed: 3)
    let order = try shuffled.numbers(in: "a").compactMap { $0 }
    #expect(order != (0..<100).map { Float($0) })
    #expect(order.sorted() == (0..<100).map { Float($0) })
    #expect(try shuffled.texts(in: "b") == order.map { "r\(Int($0))" })
    #expect(try table.shuffled(seed: 3).numbers(in: "a") == order)
    #expect(try table.shuffled(seed: 4).numbers(in: "a") != order)
  }

  @Test func theLastFractionIsSplitOff() throws {
    let table = try CSVTable(text: "a\n1\n2\n3\n4\n5")
    let (first, last) = try table.split(lastFraction: 0.3)
    #expect(try first.numbers(in: "a") == [1, 2, 3])
    #expect(try last.numbers(in: "a") == [4, 5])
    expectError(.invalidArgument, "5 samples are too few") {
      _ = try table.split(lastFraction: 0.9)
    }
  }

  @Test func filesAreRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(houses.utf8), to: "houses.csv")
    #expect(try CSVTable(path: path).columnNames == ["rooms", "town", "price", "heated"])
    expectError(.inputOutput, folder.path("none"), "cannot be opened") {
      _ = try CSVTable(path: folder.path("none"))
    }
    let ragged = try folder.write(Array("a,b\n1".utf8), to: "ragged.csv")
    expectError(.format, "\(ragged): line 2: 1 fields") { _ = try CSVTable(path: ragged) }
  }

  @Test func sizeIsLimited() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("a,b\n1,2\n".utf8), to: "table.csv")
    #expect(try CSVTable(path: path, format: CSVFormat(maximumByteCount: 8)).rowCount == 1)
    for maximum in [7, 0, -1, Int.min] {
      expectError(.invalidArgument, path, "more than \(maximum) bytes") {
        _ = try CSVTable(path: path, format: CSVFormat(maximumByteCount: maximum))
      }
    }
    #expect(try CSVTable(path: path, format: CSVFormat(maximumByteCount: .max)).rowCount == 1)
  }

  @Test func wideTablesTakeLittleTime() throws {
    let names = (0..<50_000).map { "c\($0)" }.joined(separator: ",")
    let table = try CSVTable(text: names + "\n" + String(repeating: ",", count: 49_999))
    #expect(try table.index(of: "c49999") == 49_999)
    let encoder = try TableEncoder(fittedTo: table)
    #expect(try encoder.encode(table).featureNames.count == 50_000)
  }
}
