import Testing

@testable import Lamina

@Suite struct SampleViewTests {
  @Test func bytesAreDivided() {
    let bytes = (0...255).map { UInt8($0) }
    let values = matrix(2, 128) { _ in .nan }
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      values.assign(.uint8(base), from: 0, divisor: 255)
    }
    #expect(values.toArray() == bytes.map { Float($0) / 255 })
    #expect(isFramed(values))
  }

  @Test(arguments: oddSizes)
  func oddNumbersOfBytesConvert(count: Int) {
    let bytes = (0..<count + 1).map { UInt8(truncatingIfNeeded: 37 * $0) }
    let values = matrix(1, count) { _ in .nan }
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      values.assign(.uint8(base), from: 0, divisor: 2)
    }
    #expect(values.toArray() == bytes.prefix(count).map { Float($0) / 2 })
    #expect(isFramed(values))
  }

  @Test(arguments: oddSizes)
  func integersAreTakenAsTheyAre(count: Int) {
    let special: [Int32] = [.min, -1, 0, 1, .max, 1 << 24 + 1]
    let integers = (0..<count + 1).map { special[$0 % special.count] }
    let values = matrix(1, count) { _ in .nan }
    integers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      values.assign(.int32(base), from: 0, divisor: 255)
    }
    #expect(values.toArray() == integers.prefix(count).map { Float($0) })
    #expect(isFramed(values))
  }

  @Test func samplesBeginAtARow() {
    let numbers = (0..<12).map { Float($0) }
    let values = matrix(2, 3)
    numbers.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      values.assign(.float32(base), from: 2, divisor: 255)
      let inPlace = SampleView.float32(base).matrix(from: 1, rows: 2, columns: 4)
      #expect(inPlace?.toArray() == [4, 5, 6, 7, 8, 9, 10, 11])
    }
    #expect(values.toArray() == [6, 7, 8, 9, 10, 11])
  }

  @Test func onlyFloatsNeedNoConversion() {
    let bytes: [UInt8] = [1, 2]
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let view = SampleView.uint8(base).matrix(from: 0, rows: 1, columns: 2)
      #expect(view?.count == nil)
    }
  }

  @Test(arguments: oddSizes)
  func gatheredRowsAreTheSamplesAtTheirIndices(columns: Int) throws {
    let indices: [Int32] = [9, 8, 0, 3, 3, 7, 1, 2, 6, 5, 4, 9, 0]
    let picked = indices[1..<12]
    let numbers = (0..<10 * columns).map { $0 % 251 }
    let expected = picked.flatMap { index in
      (0..<columns).map { Float(numbers[Int(index) * columns + $0]) }
    }
    let all: [(Samples.Elements, Float)] = [
      (.float32(numbers.map { Float($0) }), 3), (.int32(numbers.map { Int32($0) }), 3),
      (.uint8(numbers.map { UInt8($0) }), 1),
    ]
    for (elements, divisor) in all {
      let rows = matrix(picked.count, columns) { _ in .nan }
      try Samples(elements, shape: [columns], count: 10)
        .gather(picked, into: rows, divisor: divisor)
      #expect(rows.toArray() == expected)
      #expect(isFramed(rows))
    }
    let rows = matrix(picked.count, columns)
    try Samples(.uint8(numbers.map { UInt8($0) }), shape: [columns], count: 10)
      .gather(picked, into: rows, divisor: 255)
    #expect(rows.toArray() == expected.map { $0 / 255 })
  }
}
