import Testing

@testable import Lamina

@Suite struct ShapeTests {
  @Test func elementsAreTheProductOfTheAxes() {
    #expect(Shape([28, 28]).checkedElementCount == 784)
    #expect(Shape([]).checkedElementCount == 1)
    #expect(Shape([3, 0, 5]).checkedElementCount == 0)
    #expect(Shape([3, 4]).rank == 2)
  }

  @Test func impossibleShapesHaveNoCount() {
    #expect(Shape([-1]).checkedElementCount == nil)
    #expect(Shape([0, -1]).checkedElementCount == nil)
    #expect(Shape([.max, 2]).checkedElementCount == nil)
    #expect(Shape([1 << 32, 1 << 32]).checkedElementCount == nil)
    #expect(Shape([.max, 1]).checkedElementCount == .max)
  }

  @Test func descriptionListsTheAxes() {
    #expect("\(Shape([28, 28]))" == "[28, 28]")
    #expect("\(Shape([]))" == "[]")
  }
}
