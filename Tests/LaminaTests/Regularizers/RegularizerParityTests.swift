import Testing

@testable import Lamina

@Suite(.kerasParity("regularizers")) struct RegularizerParityTests {
  @Test(arguments: ["L1", "L2", "L1L2"])
  func lossesAndGradientsAreKerass(name: String) throws {
    let goldens = try KerasFixture("regularizers", name).cases
    #expect(goldens.count >= 3)
    for golden in goldens {
      let regularizer = try RegularizerRegistry.make(try #require(golden.json["regularizer"]))
      #expect(regularizer.className == name)
      let values = matrix(try golden.tensor("x").floats)
      let gradient = matrix(1, values.count)
      regularizer.addGradient(of: values, to: gradient)
      golden.expect("loss", [Float(regularizer.loss(of: values))])
      golden.expect("gradient", gradient.toArray())
    }
  }
}
