import Testing

@testable import Lamina

/// The order of layers is Keras's.
@Suite struct TopologyTests {
  private func names(_ inputs: [SymbolicTensor], _ outputs: [SymbolicTensor]) throws -> [String] {
    try Graph(Topology(inputs: inputs, outputs: outputs)).layers.map { $0.name }
  }

  @Test(arguments: ["branching", "convolutional", "frozen", "trained"])
  func fixturesLayersKeepTheirOrder(name: String) throws {
    let text = try KerasGoldens.text("summaries/\(name).json")
    let list = try #require(JSON(parsing: text)["config"]?["layers"]?.arrayValue)
    let names = list.compactMap { $0["config"]?["name"]?.stringValue }
    let model = try Model.make(configuration: text)
    #expect(try model.built().graph.layers.map { $0.name } == names)
  }

  @Test func branchedNetworkHasTheOrderOfItsTwinInKeras() throws {
    let text = try KerasGoldens.text("summaries/branching.json")
    let list = try #require(JSON(parsing: text)["config"]?["layers"]?.arrayValue)
    let names = list.compactMap { $0["config"]?["name"]?.stringValue }
    #expect(try branchedModel().built().graph.layers.map { $0.name } == names)
  }

  @Test func layersFurthestFromTheOutputsComeFirst() throws {
    let (a, b) = (Input([2], name: "a"), Input([2], name: "b"))
    let far = Dense(2, name: "far")(b)
    let near = Dense(2, name: "near")(Add(name: "sum")(a, far))
    // b is three calls from the output, a two.
    #expect(try names([a, b], [near]) == ["b", "a", "far", "sum", "near"])
  }

  @Test func equalsComeAsTheWalkFromTheOutputsMeetsThem() throws {
    let input = Input([2], name: "in")
    let (p, q) = (Dense(2, name: "p")(input), Dense(2, name: "q")(input))
    #expect(try names([input], [Add(name: "sum")(p, q)]) == ["in", "p", "q", "sum"])
    #expect(try names([input], [Add(name: "sum")(q, p)]) == ["in", "q", "p", "sum"])
    #expect(try names([input], [q, p]) == ["in", "q", "p"])
  }

  @Test func sharedLayersStandAtTheirFurthestCall() throws {
    let input = Input([2], name: "in")
    let shared = Dense(2, name: "shared")
    let middle = Dense(2, name: "middle")(shared(input))
    #expect(try names([input], [shared(middle)]) == ["in", "shared", "middle"])
  }

  @Test func inputsThatNothingDependsOnComeWithTheOutputs() throws {
    let (used, unused) = (Input([2], name: "used"), Input([2], name: "unused"))
    #expect(
      try names([used, unused], [Dense(2, name: "end")(used)]) == ["used", "unused", "end"])
  }

  @Test func callsFollowThoseThatTheyDependOn() throws {
    let graph = try branchedModel().built().graph
    var known = Set(graph.inputs.map { $0.tensor })
    for node in graph.nodes {
      #expect(node.inputs.allSatisfy { known.contains($0) }, "\(node.name)")
      #expect(known.insert(node.output).inserted)
    }
    #expect(graph.outputs.allSatisfy { known.contains($0.tensor) })
    #expect(graph.nodes.filter { $0.name == "shared" }.map { $0.callIndex } == [0, 1])
  }

  @Test func namesAreGivenToInputsFirst() throws {
    let (a, b) = (Input([2]), Input([2]))
    let model = try Model(inputs: [a, b], outputs: [Dense(1)(Add()(Dense(2)(b), Dense(2)(a)))])
    #expect(model.inputNames == ["input_layer", "input_layer_1"])
    #expect(
      model.variableNames.filter { $0.hasSuffix("kernel") }
        == ["dense/kernel", "dense_1/kernel", "dense_2/kernel"])
  }
}
