import Testing

@testable import Lamina

@Suite struct MatrixViewTests {
  @Test func elementsLieRowByRow() {
    let view = matrix(2, 3) { Float($0) }
    #expect(view.count == 6)
    #expect(view[1, 0] == 3)
    view[1, 2] = 9
    #expect(view.toArray() == [0, 1, 2, 3, 4, 9])
  }

  @Test func partsShareTheMemory() {
    let view = matrix(4, 2) { Float($0) }
    let part = view.rows(1..<3)
    #expect(part.rows == 2 && part.columns == 2)
    part[0, 1] = -1
    #expect(view[1, 1] == -1)
  }

  @Test func assignmentCopiesAllElements() {
    let view = matrix(2, 2)
    view.assign(matrix([[1, 2], [3, 4]]))
    #expect(view.toArray() == [1, 2, 3, 4])
    view.assign([5, 6, 7, 8])
    #expect(view.toArray() == [5, 6, 7, 8])
    #expect(isFramed(view))
  }

  @Test func indexOutsideEndsTheProcess() async {
    // As an array's does; the program is wrong, whatever its data are.
    await #expect(processExitsWith: .failure) {
      _ = matrix(2, 2)[1, 2]
    }
  }

  @Test func bytesAreLittleEndian() {
    let values: [Float] = [1, -2.5, .nan, .infinity, -0.0, .leastNonzeroMagnitude]
    let view = matrix(values)
    #expect(view.bytes.count == 24)
    #expect(Array(view.bytes[..<8]) == [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0])
    let other = matrix(1, 6)
    other.bytes.copyBytes(from: view.bytes)
    #expect(other.toArray().map { $0.bitPattern } == values.map { $0.bitPattern })
    #expect(isFramed(other))
  }
}
