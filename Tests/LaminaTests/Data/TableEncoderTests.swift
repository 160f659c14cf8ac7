import Testing

@testable import Lamina

private func table(_ text: String, _ format: CSVFormat = CSVFormat()) throws -> CSVTable {
  try CSVTable(text: text, format: format)
}

private let training = "size,color,price\n1,red,10\n,blue,20\n4,red,30\n"

@Suite struct TableEncoderTests {
  @Test func numbersStayAndCategoriesBecomeOneHot() throws {
    let rows = try table(training)
    let encoded = try TableEncoder(fittedTo: rows, target: "price").encode(rows)
    #expect(encoded.featureNames == ["size", "color=blue", "color=red"])
    #expect(encoded.features == [1, 0, 1, 2.5, 1, 0, 4, 0, 1])
    #expect(encoded.rowCount == 3)
    #expect(encoded.sampleShape == [3])
    #expect(encoded.target == .values([10, 20, 30]))
  }

  @Test func categoriesCanBeIntegers() throws {
    let rows = try table("color\nred\n?\nblue\ngreen\n")
    let options = TableEncoder.Options(categories: .integers)
    let encoded = try TableEncoder(fittedTo: rows, options: options).encode(rows)
    #expect(encoded.featureNames == ["color"])
    #expect(encoded.features == [3, 0, 1, 2])
    #expect(encoded.target == .none)
  }

  @Test func categoricalTargetsBecomeLabels() throws {
    let rows = try table("x,kind\n1,pear\n2,apple\n3,pear\n")
    let encoded = try TableEncoder(fittedTo: rows, target: .last).encode(rows)
    #expect(encoded.target == .labels([1, 0, 1], classNames: ["apple", "pear"]))
    #expect(encoded.featureNames == ["x"])
  }

  @Test func categoriesAreOrderedWhateverTheRowsOrder() throws {
    func names(_ values: String...) throws -> [String] {
      let text = (["a"] + values).joined(separator: "\n")
      let rows = try table(text, CSVFormat(categoricalColumns: ["a"]))
      return try TableEncoder(fittedTo: rows).featureNames
    }
    #expect(try names("b", "10", "B", "9", "b") == ["a=10", "a=9", "a=B", "a=b"])
    #expect(try names("9", "b", "10", "B") == ["a=10", "a=9", "a=B", "a=b"])
    // Where all are numbers, by number.
    #expect(try names("10", "9", "-1", "1.0", "1") == ["a=-1", "a=1", "a=1.0", "a=9", "a=10"])
  }

  @Test func otherTablesAreEncodedAlike() throws {
    let encoder = try TableEncoder(fittedTo: table(training), target: "price")
    let encoded = try encoder.encode(table("note,price,color,size\nx,7,red,\ny,8,red,9\n"))
    #expect(encoded.featureNames == ["size", "color=blue", "color=red"])
    // The missing size is the training rows' mean.
    #expect(encoded.features == [2.5, 0, 1, 9, 0, 1])
    #expect(encoded.target == .values([7, 8]))
  }

  @Test func kindsAreThoseOfTheTrainingRows() throws {
    let codes = try TableEncoder(fittedTo: table("zip\n1A\n2\n"))
    #expect(try codes.encode(table("zip\n2\n")).features == [0, 1])
    let numbers = try TableEncoder(fittedTo: table("zip\n1\n2\n"))
    expectError(.format, "line 2, column \"zip\"", "expected a number, got \"1A\"") {
      _ = try numbers.encode(table("zip\n1A\n"))
    }
  }

  @Test func rowsWithoutTargetCanBeEncoded() throws {
    let encoder = try TableEncoder(fittedTo: table(training), target: "price")
    let encoded = try encoder.encode(table("color,size\nblue,3\n"))
    #expect(encoded.features == [3, 1, 0])
    #expect(encoded.target == .none)
    expectError(.invalidArgument, "no column \"size\"") {
      _ = try encoder.encode(table("color,price\nblue,3\n"))
    }
  }

  @Test func missingNumbersBecomeWhatIsChosen() throws {
    let rows = try table("a,b\n1,\n,\n5,\n")
    func features(_ missing: TableEncoder.Options.MissingValues) throws -> [Float] {
      let options = TableEncoder.Options(missingValues: missing)
      return try TableEncoder(fittedTo: rows, options: options).encode(rows).features
    }
    #expect(try features(.mean) == [1, 0, 3, 0, 5, 0])
    #expect(try features(.zero) == [1, 0, 0, 0, 5, 0])
    expectError(.format, "line 3, column \"a\": a missing value") { _ = try features(.error) }
  }

  @Test func missingCategoriesAreZerosOrAnError() throws {
    let rows = try table("a,b\nx,1\n,2\n")
    #expect(try TableEncoder(fittedTo: rows).encode(rows).features == [1, 1, 0, 2])
    expectError(.format, "line 3, column \"a\": a missing value") {
      let options = TableEncoder.Options(missingValues: .error)
      _ = try TableEncoder(fittedTo: rows, options: options).encode(rows)
    }
  }

  @Test func indicatorsSayWhatIsMissing() throws {
    let options = TableEncoder.Options(addsMissingIndicators: true)
    let encoder = try TableEncoder(fittedTo: table("a,b,c\n1,x,1\n,?,2\n3,y,3\n"), options: options)
    #expect(encoder.featureNames == ["a", "a is missing", "b=x", "b=y", "b is missing", "c"])
    let encoded = try encoder.encode(table("a,b,c\n,x,\n4,,1\n"))
    #expect(encoded.features == [2, 1, 1, 0, 0, 2, 4, 0, 0, 0, 1, 1])
  }

  @Test func unseenCategoriesAreAnErrorOrZeros() throws {
    func features(_ options: TableEncoder.Options) throws -> [Float] {
      try TableEncoder(fittedTo: table("a\nx\ny\n"), options: options)
        .encode(table("a\ny\nz\n")).features
    }
    expectError(.format, "line 3, column \"a\"", "the category \"z\"") {
      _ = try features(TableEncoder.Options())
    }
    #expect(try features(TableEncoder.Options(unseenCategories: .zeros)) == [0, 1, 0, 0])
    #expect(
      try features(TableEncoder.Options(categories: .integers, unseenCategories: .zeros)) == [2, 0])
  }

  @Test func targetsMustBeThere() throws {
    let rows = try table("x,y\n1,2\n3,\n")
    expectError(.format, "line 3, column \"y\": the target is missing") {
      _ = try TableEncoder(fittedTo: rows, target: "y").encode(rows)
    }
    let classes = try TableEncoder(fittedTo: table("x,y\n1,a\n2,b\n"), target: "y")
    expectError(.format, "line 2, column \"y\": the target is missing") {
      _ = try classes.encode(table("x,y\n1,?\n"))
    }
    expectError(.format, "line 3, column \"y\"", "the class \"c\"") {
      _ = try classes.encode(table("x,y\n1,a\n1,c\n"))
    }
  }

  @Test func columnsCanBeIgnored() throws {
    let rows = try table(training)
    let encoder = try TableEncoder(fittedTo: rows, target: "price", ignoring: ["color", "color"])
    #expect(encoder.featureNames == ["size"])
    expectError(.invalidArgument, "\"price\" is both the target and ignored") {
      _ = try TableEncoder(fittedTo: rows, target: "price", ignoring: [2])
    }
    expectError(.invalidArgument, "no column is left") {
      _ = try TableEncoder(fittedTo: rows, target: "price", ignoring: [0, 1])
    }
    expectError(.invalidArgument, "no column \"prize\"") {
      _ = try TableEncoder(fittedTo: rows, target: "prize")
    }
  }

  @Test func fittingNeedsRows() throws {
    expectError(.invalidArgument, "without rows") { _ = try TableEncoder(fittedTo: table("a,b")) }
    let encoder = try TableEncoder(fittedTo: table("a,b\n1,2"), target: "b")
    let encoded = try encoder.encode(table("a,b"))
    #expect(encoded.rowCount == 0)
    #expect(encoded.target == .values([]))
  }

  @Test func manyCategoriesAreNotWrittenOneHot() throws {
    let rows = try table("id\n" + (0...1000).map { "n\($0)" }.joined(separator: "\n"))
    expectError(.invalidArgument, "\"id\" has 1001 categories, more than 1000") {
      _ = try TableEncoder(fittedTo: rows)
    }
    let more = TableEncoder.Options(maximumCategoryCount: 1001)
    #expect(try TableEncoder(fittedTo: rows, options: more).featureNames.count == 1001)
    let integers = TableEncoder.Options(categories: .integers)
    #expect(try TableEncoder(fittedTo: rows, options: integers).featureNames == ["id"])
  }

  @Test func hugeEncodingsAreRefused() throws {
    let rows = try table("id\n" + (0..<20_000).map { "n\($0)" }.joined(separator: "\n"))
    expectError(.invalidArgument, "20000 rows of 20000 features") {
      _ = try TableEncoder(
        fittedTo: rows, options: TableEncoder.Options(maximumCategoryCount: .max))
    }
  }

  @Test func valuesBeyondFloatsAreRefused() throws {
    let rows = try table("a,b\n1,2\n-1e40,3\n")
    expectError(.format, "line 3, column \"a\"", "beyond float32's range") {
      _ = try TableEncoder(fittedTo: rows, options: TableEncoder.Options(missingValues: .zero))
        .encode(rows)
    }
  }
}
