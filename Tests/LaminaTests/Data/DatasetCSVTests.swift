import Testing

@testable import Lamina

@Suite struct DatasetCSVTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String) throws -> String {
    try folder.write(Array(text.utf8), to: "table.csv")
  }

  private func rows(_ data: Dataset) -> [[Float]] {
    (0..<data.count).map { row in
      (0..<(data.sampleShape.checkedElementCount ?? 0)).map { data.inputs[0].value(row, $0) }
    }
  }

  private func values(_ data: Dataset) -> [Float] {
    (0..<data.count).map { data.targets[0].value($0, 0) }
  }

  @Test func aNumericTargetIsOneNumberASample() throws {
    let path = try file("rooms,town,price\n3,Ulm,250\n,Bonn,310\n5,Ulm,190\n")
    let data = try Dataset(csv: path, target: "price")
    #expect(data.name == path)
    #expect(data.count == 3)
    #expect(data.sampleShape == [3])
    #expect(rows(data) == [[3, 0, 1], [4, 1, 0], [5, 0, 1]])
    #expect(data.targets.count == 1)
    #expect(data.targets[0].shape == [])
    #expect(values(data) == [250, 310, 190])
    #expect(data.labels.isEmpty)
    #expect(data.classNames.isEmpty)
    #expect(data.divisor == 1)
  }

  @Test func aCategoricalTargetIsTheClasses() throws {
    let data = try Dataset(
      csv: file("1;7;b\n2;8;a\n"), target: .last, ignoring: [0],
      format: CSVFormat(separator: .semicolon, hasHeader: false))
    #expect(rows(data) == [[7], [8]])
    #expect(data.labels == [1, 0])
    #expect(data.classNames == ["a", "b"])
  }

  @Test func withoutATargetThereIsNone() throws {
    let data = try Dataset(
      csv: file("a\nx\n?\n"), target: nil, encoding: .init(categories: .integers))
    #expect(rows(data) == [[1], [0]])
    #expect(data.targets.isEmpty)
  }

  @Test func errorsNameTheFile() throws {
    let path = try file("a,b\n1,2\n3,\n")
    expectError(.format, "\(path): line 3, column \"b\": the target is missing") {
      _ = try Dataset(csv: path, target: "b")
    }
    expectError(.invalidArgument, "\(path): no column \"c\"") {
      _ = try Dataset.load(csv: path, target: "c", testFraction: 0.5)
    }
    expectError(.invalidArgument, "\(path): 2 samples are too few") {
      _ = try Dataset.load(csv: path, target: "a", testFraction: 0.9)
    }
  }

  @Test func heldOutRowsDoNotShapeTheEncoding() throws {
    let path = try file("size,color,kind\n1,red,a\n3,blue,b\n,red,a\n100,blue,b\n,red,b\n")
    let (train, test) = try Dataset.load(csv: path, target: "kind", testFraction: 0.4)
    #expect(rows(train) == [[1, 0, 1], [3, 1, 0], [2, 0, 1]])
    #expect(rows(test) == [[100, 1, 0], [2, 0, 1]])
    #expect(train.labels == [0, 1, 0])
    #expect(test.labels == [1, 1])
    #expect(test.classNames == ["a", "b"])
  }

  @Test func rowsCanBeShuffledBeforeSomeAreHeldOut() throws {
    let text = (0..<50).map { "\($0),\($0 < 40 ? "a" : "b")" }.joined(separator: "\n")
    let path = try file("x,kind\n" + text)
    expectError(.format, "the class \"b\"") {
      _ = try Dataset.load(csv: path, target: "kind", testFraction: 0.2)
    }
    let (train, test) = try Dataset.load(
      csv: path, target: "kind", testFraction: 0.2, shuffleSeed: 1)
    #expect(train.count == 40)
    #expect((rows(train) + rows(test)).map { $0[0] }.sorted() == (0..<50).map { Float($0) })
    for data in [train, test] { #expect(data.labels == rows(data).map { $0[0] < 40 ? 0 : 1 }) }
    let again = try Dataset.load(csv: path, target: "kind", testFraction: 0.2, shuffleSeed: 1)
    #expect(rows(again.train) == rows(train))
  }

  @Test func theLastSamplesAreSplitOff() throws {
    let data = try Dataset(csv: file("x,y\n1,5\n2,6\n3,7\n4,8\n5,9\n"), target: "y")
    let (first, last) = try data.split(lastFraction: 0.3)
    #expect(rows(first) == [[1], [2], [3]])
    #expect(values(first) == [5, 6, 7])
    #expect(rows(last) == [[4], [5]])
    #expect(values(last) == [8, 9])
    expectError(.invalidArgument, data.name, "5 samples are too few") {
      _ = try data.split(lastFraction: 0.9)
    }
  }
}
