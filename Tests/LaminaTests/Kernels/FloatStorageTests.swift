import Testing

@testable import Lamina

@Suite struct FloatStorageTests {
  @Test func valuesAreZeroAtFirst() throws {
    let storage = try FloatStorage(count: 1001, for: "a test")
    #expect(storage.row.toArray() == [Float](repeating: 0, count: 1001))
    #expect(UInt(bitPattern: storage.base) % 64 == 0)
  }

  @Test func copiesAreTheirOwn() throws {
    let storage = try FloatStorage(count: 3, for: "a test")
    storage.row.fill(1)
    let copy = try storage.copy()
    storage.row.fill(2)
    #expect(copy.row.toArray() == [1, 1, 1])
  }

  @Test func viewsBeginAtTheirOffset() throws {
    let storage = try FloatStorage(count: 8, for: "a test")
    storage.matrix(at: 2, rows: 2, columns: 3).fill(5)
    #expect(storage.row.toArray() == [0, 0, 5, 5, 5, 5, 5, 5])
  }

  @Test(arguments: [-1, .max, .max / 4, 1 << 60])
  func impossibleSizesAreErrors(count: Int) {
    expectError(.outOfMemory, "\(count) numbers of scratch") {
      _ = try FloatStorage(count: count, for: "scratch")
    }
  }

  @Test func matricesThatCannotBeHeldAreErrors() throws {
    expectError(.outOfMemory, "65536 rows of scratch") {
      _ = try FloatStorage(rows: 65_536, columns: [1 << 47, 1], for: "scratch")
    }
    expectError(.outOfMemory) { _ = try FloatStorage(rows: 1, columns: [.max, 1], for: "scratch") }
    #expect(try FloatStorage(rows: 5, columns: [3, 4], for: "scratch").count == 35)
  }
}
