import Foundation
import Testing

@testable import Lamina

@Test func aFixtureGivesTheTensorsOfItsCasesInTheFilesOrder() throws {
  let fixture = try KerasFixture("layers", "Dense")
  let relu = try #require(fixture.cases.first { $0.name == "relu" })
  #expect(relu.json["layer"]?["config"]?["units"] == .integer(6))
  #expect(relu.json["training"] == .boolean(false))
  #expect(relu.suffixes(of: "variable/") == ["kernel", "bias"])
  #expect(relu.numbered("input").map(\.shape) == [[5, 7]])
  #expect(try relu.tensor("variable/kernel").shape == [7, 6])
  #expect(relu.reference("output")?.count == 30)
  #expect(relu.reference("input_0") == nil)
  #expect(throws: SafetensorsFixture.Damage.self) { try relu.tensor("gamma") }
}

@Test func aFixturesOutputFollowsFromItsInput() throws {
  let linear = try #require(KerasFixture("layers", "Dense").cases.first { $0.name == "linear" })
  let (x, kernel) = (try linear.tensor("input_0"), try linear.tensor("variable/kernel").doubles)
  let bias = try linear.tensor("variable/bias").doubles
  let reference = try #require(linear.reference("output"))
  for (row, unit) in [(0, 0), (2, 3), (4, 5)] {
    let sum = (0..<7).map { x.doubles[row * 7 + $0] * kernel[$0 * 6 + unit] }.reduce(0, +)
    #expect(abs(sum + bias[unit] - reference[row * 6 + unit]) < 1e-12)
  }
}

@Test func aFixtureHasIntegersAndScalars() throws {
  let header = """
    {"__metadata__":{"cases":"[{\\"name\\":\\"one\\"}]"},\
    "0/labels":{"dtype":"I32","shape":[2],"data_offsets":[0,8]},\
    "0/total":{"dtype":"F32","shape":[],"data_offsets":[8,12]},\
    "0/total@64":{"dtype":"F64","shape":[],"data_offsets":[12,20]}}
    """
  let data: [UInt8] = [254, 255, 255, 255, 3, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F]
  let bytes = WeightsFile.bytes(header: header, data: data)
  let one = try #require(KerasFixture("losses", "Some", bytes: bytes).cases.first)
  #expect(one.names == ["labels", "total"])
  #expect(try one.tensor("labels").integers == [-2, 3])
  #expect(try one.tensor("total") == FixtureTensor(shape: [], numbers: .floats([0.5])))
  #expect(one.reference("total") == [0.5])
}

@Test func aDamagedFixtureIsRefused() {
  #expect(throws: SafetensorsFixture.Damage.self) { try SafetensorsFixture([1, 2, 3]) }
  for description in [
    #"{"dtype":"F32","shape":[3],"data_offsets":[0,8]}"#,
    #"{"dtype":"F32","shape":[2],"data_offsets":[0,12]}"#,
    #"{"dtype":"F16","shape":[4],"data_offsets":[0,8]}"#,
  ] {
    let bytes = WeightsFile.bytes(
      header: "{\"x\":\(description)}", data: Array(repeating: 0, count: 8))
    #expect(throws: SafetensorsFixture.Damage.self) { try SafetensorsFixture(bytes) }
  }
}

@Test func everyFixtureCanBeRead() throws {
  for topic in ["layers", "activations", "models"] {
    let names = try KerasFixture.classNames(of: topic)
    #expect(names.count > 5)
    for name in names {
      let cases = try KerasFixture(topic, name).cases
      #expect(!cases.isEmpty && cases.allSatisfy { !$0.names.isEmpty }, "\(topic)/\(name)")
    }
  }
}
