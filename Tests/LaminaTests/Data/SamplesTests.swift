import Testing

@testable import Lamina

@Suite struct SamplesTests {
  @Test func rowsAreTheSamplesAtTheIndices() throws {
    let rows = matrix(3, 2)
    let indices: [Int32] = [9, 2, 0, 2, 1]
    try Samples(.float32([0, 1, 10, 11, 20, 21]), shape: [2], count: 3)
      .gather(indices[1..<4], into: rows)
    #expect(rows.toArray() == [20, 21, 0, 1, 20, 21])
    try Samples(.uint8([0, 1, 10, 11, 20, 21]), shape: [2], count: 3)
      .gather(indices[1..<4], into: rows, divisor: 10)
    #expect(rows.toArray() == [2, 2.1, 0, 0.1, 2, 2.1])
    #expect(isFramed(rows))
  }

  @Test func samplesOfAHostAreReadWhereTheyLie() throws {
    let numbers: [Float] = [0, 1, 10, 11, 20, 21]
    try numbers.withUnsafeBufferPointer { buffer in
      let address = try #require(buffer.baseAddress)
      let samples = try Samples(host: .float32(address), shape: [2], count: 3, name: "host")
      #expect(samples.count == 3 && samples.elementCount == 6)
      let isInPlace = samples.withView { view in
        if case .float32(address) = view { true } else { false }
      }
      #expect(isInPlace == true)
      let part = try samples.rows(1..<3)
      #expect(part.value(1, 0) == 20)
      if case .float32(let copy) = part.elements { #expect(copy == [10, 11, 20, 21]) }
      let rows = matrix(2, 2)
      part.gather([1, 0], into: rows)
      #expect(rows.toArray() == [20, 21, 10, 11])
    }
    #expect(throws: LaminaError.self) {
      try numbers.withUnsafeBufferPointer {
        _ = try $0.baseAddress.map {
          try Samples(host: .float32($0), shape: [1 << 40], count: 1 << 30, name: "host")
        }
      }
    }
  }

  @Test func labelsAreSingleNumbers() {
    let samples = Samples(labels: [3, 1, 2])
    #expect(samples.shape == [] && samples.count == 3)
    #expect((0..<3).map { samples.value($0, 0) } == [3, 1, 2])
  }

  @Test func rowsOfATensorAreSamples() throws {
    let samples = try Samples(Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]))
    #expect(samples.shape == [3] && samples.count == 2)
    #expect(samples.value(1, 2) == 6)
    expectError(.invalidArgument, "[] has no samples") {
      _ = try Samples(Tensor(shape: [], elements: [1]))
    }
  }

  @Test func numbersMustBeWholeSamples() {
    expectError(.invalidArgument, "mine: 2 samples of shape [3] cannot have 5 numbers") {
      _ = try Samples(.float32([1, 2, 3, 4, 5]), shape: [3], count: 2, name: "mine")
    }
    expectError(.invalidArgument, "cannot have 0 numbers") {
      _ = try Samples(.uint8([]), shape: [.max, 2], count: 2)
    }
    expectError(.invalidArgument, "-1 samples") {
      _ = try Samples(.uint8([]), shape: [1], count: -1)
    }
  }
}
