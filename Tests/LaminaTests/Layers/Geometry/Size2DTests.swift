import Testing

@testable import Lamina

@Suite struct Size2DTests {
  @Test func literalsAreSizes() {
    #expect(3 as Size2D == Size2D(rows: 3, columns: 3))
    #expect([3] as Size2D == 3)
    #expect([3, 5] as Size2D == Size2D(rows: 3, columns: 5))
    #expect(([3, 5] as Size2D).description == "[3, 5]")
  }

  @Test func literalsOfAnotherLengthAreErrors() {
    expectError(.invalidArgument, "strides must be one number or two", "got 3 numbers") {
      try ([1, 1, 1] as Size2D).check("strides")
    }
    expectError(.invalidArgument, "got 0 numbers") { try ([] as Size2D).check("strides") }
    #expect([1, 2, 1] as Size2D != [1, 1])
  }

  @Test func numbersMustReachAMinimum() throws {
    try ([0, 1] as Size2D).check("padding", atLeast: 0)
    expectError(.invalidArgument, "strides must be at least 1, got [0, 1]") {
      try ([0, 1] as Size2D).check("strides")
    }
  }
}
