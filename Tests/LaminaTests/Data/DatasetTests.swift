import Testing

@testable import Lamina

@Suite struct DatasetTests {
  private func bytes(_ count: Int, shape: Shape, labels: Int) throws -> Dataset {
    try Dataset(
      name: "mine", features: .uint8((0..<count).map { UInt8($0) }), sampleShape: shape,
      labels: (0..<labels).map { Int32($0) }, classNames: ["a", "b", "c"], preprocessing: .mnist)
  }

  @Test func numbersMustFillTheSamples() throws {
    #expect(try bytes(12, shape: [2, 2], labels: 3).count == 3)
    expectError(.invalidArgument, "mine", "3 samples", "[2, 2]", "11 numbers") {
      _ = try bytes(11, shape: [2, 2], labels: 3)
    }
    expectError(.invalidArgument, "0 samples") { _ = try bytes(4, shape: [2], labels: 0) }
    expectError(.invalidArgument, "[-2]") { _ = try bytes(4, shape: [-2], labels: 2) }
    expectError(.invalidArgument) { _ = try bytes(4, shape: [.max], labels: 3) }
  }

  @Test func partsKeepEverythingElse() throws {
    let part = try bytes(12, shape: [2, 2], labels: 3)[1..<3]
    #expect(part.count == 2)
    #expect(part.labels == [1, 2])
    #expect(part.name == "mine")
    #expect(part.classNames == ["a", "b", "c"])
    #expect(part.preprocessing == .mnist)
    guard case .uint8(let pixels) = part.inputs[0].elements else {
      Issue.record("bytes became something else")
      return
    }
    #expect(pixels == [4, 5, 6, 7, 8, 9, 10, 11])
    let numbers = try clusters(5)[2..<4]
    #expect(try numbers.rows == Array(clusters(5).rows[2..<4]))
  }

  @Test func partsMustExist() throws {
    let data = try bytes(12, shape: [2, 2], labels: 3)
    #expect(try data[3..<3].count == 0)
    expectError(.invalidArgument, "mine", "samples 2 to 4 of 3") { _ = try data[2..<4] }
    expectError(.invalidArgument, "samples -1 to 2 of 3") { _ = try data[-1..<2] }
  }

  @Test func numbersWithoutPreprocessingStayWhatTheyAre() throws {
    #expect(try bytes(4, shape: [2], labels: 2).divisor == 255)
    #expect(try clusters(3).divisor == 1)
  }

  @Test func arraysMustHaveTheSameCount() throws {
    let three = Samples(values: [1, 2, 3])
    let two = Samples(values: [1, 2])
    expectError(.invalidArgument, "pairs: input 1 has 2 samples, input 0 has 3") {
      _ = try Dataset(name: "pairs", inputs: [three, two], targets: [three])
    }
    expectError(.invalidArgument, "pairs: target 0 has 2 samples, input 0 has 3") {
      _ = try Dataset(name: "pairs", inputs: [three], targets: [two])
    }
    expectError(.invalidArgument, "pairs: 2 sample weights for 3 samples") {
      _ = try Dataset(name: "pairs", inputs: [three], targets: [three], sampleWeights: [1, 2])
    }
    expectError(.invalidArgument, "at least one input") {
      _ = try Dataset(inputs: [], targets: [three])
    }
  }

  @Test func partsKeepTheirWeights() throws {
    let three = Samples(values: [1, 2, 3])
    let data = try Dataset(inputs: [three], targets: [three]).weighted(by: [0.5, 1, 2])
    #expect(try data[1..<3].sampleWeights == [1, 2])
  }
}
