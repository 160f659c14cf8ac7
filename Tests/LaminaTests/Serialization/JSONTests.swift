import Testing

@testable import Lamina

@Suite struct JSONTests {
  private let value = JSON.object([
    JSON.Member("n", .integer(3)), JSON.Member("x", .number(4)), JSON.Member("s", .string("t")),
  ])

  @Test func membersAreFoundByKey() {
    #expect(value["n"] == .integer(3))
    #expect(value["missing"] == nil)
    #expect(JSON.array([])["n"] == nil)
  }

  @Test func valuesHaveTheirTypesOnly() {
    #expect(value["n"]?.integerValue == 3 && value["n"]?.numberValue == 3)
    #expect(value["x"]?.integerValue == 4 && value["x"]?.numberValue == 4)
    #expect(JSON.number(0.5).integerValue == nil)
    #expect(JSON.number(1e300).integerValue == nil)
    #expect(value["s"]?.stringValue == "t" && value["s"]?.integerValue == nil)
    #expect(JSON.boolean(true).booleanValue == true && JSON.boolean(true).numberValue == nil)
    #expect(JSON.integer(1).booleanValue == nil)
    #expect(JSON.array([.null]).arrayValue == [.null] && value.arrayValue == nil)
  }
}
