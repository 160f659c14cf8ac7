import Testing

@testable import Lamina

@Suite struct DatasetBatchesTests {
  @Test func rowsAreTheSamplesAtTheIndices() {
    let rows = matrix(3, 2)
    let indices: [Int32] = [9, 2, 0, 2, 1]
    Dataset.Features.float32([0, 1, 10, 11, 20, 21]).gather(indices[1..<4], into: rows, divisor: 9)
    #expect(rows.toArray() == [20, 21, 0, 1, 20, 21])
    Dataset.Features.uint8([0, 1, 10, 11, 20, 21]).gather(indices[1..<4], into: rows, divisor: 10)
    #expect(rows.toArray() == [2, 2.1, 0, 0.1, 2, 2.1])
    #expect(isFramed(rows))
  }
}
