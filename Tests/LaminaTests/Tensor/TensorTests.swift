import Testing

@testable import Lamina

@Suite struct TensorTests {
  @Test func indicesFindElementsRowByRow() throws {
    let tensor = try Tensor(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])
    #expect(tensor[0, 0] == 0)
    #expect(tensor[1, 0] == 3)
    #expect(tensor[1, 2] == 5)
    #expect(try Tensor(shape: [], elements: [7])[] == 7)
  }

  @Test func indicesOutsideFindNothing() throws {
    let tensor = try Tensor(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])
    #expect(tensor[2, 0] == nil)
    #expect(tensor[0, 3] == nil)
    #expect(tensor[0, -1] == nil)
    #expect(tensor[0] == nil)
    #expect(tensor[0, 0, 0] == nil)
  }

  @Test func elementsMustFillTheShape() {
    expectError(.invalidArgument, "[2, 2]", "3 elements") {
      _ = try Tensor(shape: [2, 2], elements: [1, 2, 3])
    }
    expectError(.invalidArgument, "[-1]", "0 elements") {
      _ = try Tensor(shape: [-1], elements: [])
    }
    expectError(.invalidArgument, "0 elements") {
      _ = try Tensor(shape: [.max, 4], elements: [])
    }
  }
}
