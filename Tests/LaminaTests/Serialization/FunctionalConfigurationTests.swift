import Foundation
import Testing

@testable import Lamina

@Suite struct FunctionalConfigurationTests {
  /// What Keras's `to_json` gives of the networks of the fixtures.
  private static let configurations: [String] = {
    let summaries = ["convolutional", "branching", "frozen", "trained"].map {
      (try? KerasGoldens.text("summaries/\($0).json")) ?? ""
    }
    let names = (try? KerasFixture.classNames(of: "models")) ?? []
    let models = names.flatMap { (try? KerasFixture("models", $0))?.cases ?? [] }
    let networks = models.compactMap { $0.json["config"] }.filter { $0["class_name"] != nil }
    return summaries + networks.map { $0.text }
  }()

  @Test(arguments: configurations.indices)
  func whatKerasWritesComesBack(index: Int) throws {
    let text = FunctionalConfigurationTests.configurations[index]
    let keras = try JSON(parsing: text)
    let model = try Model.make(configuration: text, seed: 1)
    let layers = try #require(keras["config"]?["layers"]?.arrayValue)
    let names = layers.compactMap { $0["config"]?["name"]?.stringValue }
    let written = model.configuration
    #expect(written["module"] == keras["module"])
    #expect(written["class_name"] == keras["class_name"])
    #expect(written["config"]?["name"] == keras["config"]?["name"])
    for key in ["input_layers", "output_layers"] {
      #expect(written["config"]?[key] == keras["config"]?[key])
    }
    let own = try #require(written["config"]?["layers"]?.arrayValue)
    #expect(own.compactMap { $0["config"]?["name"]?.stringValue } == names)
    for (layer, expected) in zip(own, layers) {
      #expect(layer["class_name"] == expected["class_name"])
      #expect(comparable(layer["inbound_nodes"]) == comparable(expected["inbound_nodes"]))
      let isFrozen = expected["config"]?["trainable"] == .boolean(false)
      #expect((layer["config"]?["trainable"] == .boolean(false)) == isFrozen)
    }
    let again = try Model.make(configuration: written.text, seed: 1)
    #expect(again.configuration.text == written.text)
    #expect(again.weightBits == model.weightBits)
    #expect(again.summary() == model.summary())
  }

  /// The members of all objects by their keys; without types, since some
  /// fixtures were written in double precision.
  private func comparable(_ json: JSON?) -> JSON? {
    switch json {
    case .array(let values)?:
      return .array(values.compactMap { comparable($0) })
    case .object(let members)?:
      let kept = members.filter { $0.key != "dtype" }.sorted { $0.key < $1.key }
      return .object(kept.map { JSON.Member($0.key, comparable($0.value) ?? .null) })
    default:
      return json
    }
  }

  @Test func modelsOfTheFixturesAreThere() {
    #expect(FunctionalConfigurationTests.configurations.count >= 13)
  }

  @Test func callsKeepTheirNumbers() throws {
    // The first output comes of the second call.
    let model = try make(
      inputs: ["a", "b"], layers: [("d", [["a"], ["b"]]), ("e", [["d", 1]]), ("f", [["d", 0]])],
      outputs: ["e", "f"])
    let layers = try #require(model.configuration["config"]?["layers"]?.arrayValue)
    let nodes = try #require(
      layers.first { $0["name"] == .string("d") }?["inbound_nodes"]?.arrayValue)
    #expect(nodes.map { source(of: $0) } == ["a", "b"])
    let again = try Model.make(configuration: model.configuration.text)
    #expect(again.configuration == model.configuration)
  }

  private func source(of node: JSON) -> String? {
    node["args"]?.arrayValue?.first?["config"]?["keras_history"]?.arrayValue?.first?.stringValue
  }

  @Test func frozenModelsFreezeTheirLayers() throws {
    let text = try KerasGoldens.text("summaries/branching.json")
    let frozen = text.replacing(
      #""name": "branching", "trainable": true"#, with: #""name": "branching", "trainable": false"#)
    let model = try Model.make(configuration: frozen)
    #expect(model.layers.allSatisfy { !$0.trainable })
  }

  @Test func sharedLayersAreWrittenOnceWithAllCalls() throws {
    let model = try branchedModel()
    let golden = try Model.make(configuration: KerasGoldens.text("summaries/branching.json"))
    #expect(model.configuration == golden.configuration)
  }

  // MARK: Damage

  /// A configuration of Dense layers of 4 units: each with its calls, each call
  /// with the layer that it is called on, and which of its calls.
  private func configuration(
    inputs: [String], layers: [(name: String, calls: [[any Sendable]])], outputs: [String],
    listedInputs: [String]? = nil
  ) -> String {
    func history(_ source: [any Sendable]) -> String {
      "[\"\(source[0])\",\(source.count > 1 ? source[1] : 0),0]"
    }
    let inputTexts = inputs.map {
      #"{"class_name":"InputLayer","config":{"name":"\#($0)","batch_shape":[null,4]}}"#
    }
    let layerTexts = layers.map { layer in
      let nodes = layer.calls.map {
        #"{"args":[{"class_name":"__keras_tensor__","config":{"keras_history":\#(history($0))}}],"#
          + #""kwargs":{}}"#
      }
      return #"{"class_name":"Dense","config":{"name":"\#(layer.name)","units":4},"#
        + #""inbound_nodes":[\#(nodes.joined(separator: ","))]}"#
    }
    func list(_ names: [String]) -> String {
      names.map { history([$0]) }.joined(separator: ",")
    }
    return #"{"class_name":"Functional","config":{"name":"net","layers":["#
      + (inputTexts + layerTexts).joined(separator: ",")
      + #"],"input_layers":[\#(list(listedInputs ?? inputs))],"output_layers":[\#(list(outputs))]}}"#
  }

  private func make(
    inputs: [String] = ["a"], layers: [(String, [[any Sendable]])], outputs: [String],
    listedInputs: [String]? = nil
  ) throws -> Model {
    try Model.make(
      configuration: configuration(
        inputs: inputs, layers: layers, outputs: outputs, listedInputs: listedInputs))
  }

  @Test func circlesAreErrors() {
    expectError(.format, "e: depends on itself, in a circle") {
      _ = try make(layers: [("d", [["e"]]), ("e", [["d"]])], outputs: ["d"])
    }
    expectError(.format, "d: depends on itself") {
      _ = try make(layers: [("d", [["d"]])], outputs: ["d"])
    }
    // A layer may well be called on what it gave before.
    #expect(throws: Never.self) {
      let model = try make(
        layers: [("d", [["a"], ["d", 0]]), ("e", [["d", 1]])], outputs: ["e"])
      #expect(model.parameterCount == 40)
    }
    expectError(.format, "d: depends on itself") {
      _ = try make(layers: [("d", [["d", 1], ["d", 0]]), ("e", [["d", 1]])], outputs: ["e"])
    }
  }

  @Test func layersThatAreNotThereAreErrors() {
    expectError(.format, "d: there is no layer missing") {
      _ = try make(layers: [("d", [["missing"]])], outputs: ["d"])
    }
    expectError(.format, "\"output_layers\": there is no layer missing") {
      _ = try make(layers: [("d", [["a"]])], outputs: ["missing"])
    }
    expectError(.format, "\"input_layers\": there is no layer missing") {
      _ = try make(layers: [("d", [["a"]])], outputs: ["d"], listedInputs: ["missing"])
    }
  }

  @Test func callsThatAreNotThereAreErrors() {
    for call in ["1", "-1", "1000000000000", "99999999999999999999999", "1.5", "null"] {
      let text = configuration(
        inputs: ["a"], layers: [("d", [["a"]]), ("e", [["d"]])], outputs: ["e"]
      ).replacing(#"["d",0,0]"#, with: #"["d",\#(call),0]"#)
      expectError(.format, "e: ") { _ = try Model.make(configuration: text) }
    }
    expectError(.format, "e: expected [layer, call, 0]") {
      let text = configuration(
        inputs: ["a"], layers: [("d", [["a"]]), ("e", [["d"]])], outputs: ["e"])
      _ = try Model.make(configuration: text.replacing(#"["d",0,0]"#, with: #"["d",0,1]"#))
    }
    expectError(.format, "e: the layer is not called") {
      _ = try make(layers: [("d", [["a"]]), ("e", [])], outputs: ["d"])
    }
  }

  @Test func otherOutputsCutTheNetwork() throws {
    let model = try make(layers: [("d", [["a"]]), ("e", [["d"]])], outputs: ["d"])
    #expect(model.outputNames == ["d"])
    #expect(model.variableNames == ["d/kernel", "d/bias"])
  }

  @Test func namesMustBeUnique() {
    expectError(.format, "d: two layers have this name") {
      _ = try make(layers: [("d", [["a"]]), ("d", [["a"]])], outputs: ["d"])
    }
    expectError(.format, "a: two layers have this name") {
      _ = try make(inputs: ["a", "a"], layers: [("d", [["a"]])], outputs: ["d"])
    }
    expectError(.format, "x/y: a layer's name") {
      _ = try make(layers: [("x/y", [["a"]])], outputs: ["x/y"])
    }
  }

  @Test func inputsMustBeListedOnce() {
    expectError(.format, "b is not among \"input_layers\"") {
      _ = try make(
        inputs: ["a", "b"], layers: [("d", [["b"]])], outputs: ["d"], listedInputs: ["a"])
    }
    expectError(.format, "a: \"input_layers\" names it twice") {
      _ = try make(layers: [("d", [["a"]])], outputs: ["d"], listedInputs: ["a", "a"])
    }
    expectError(.format, "d: \"input_layers\" names this Dense, expected an InputLayer") {
      _ = try make(layers: [("d", [["a"]])], outputs: ["d"], listedInputs: ["a", "d"])
    }
    for key in ["input_layers", "output_layers"] {
      let text = configuration(inputs: ["a"], layers: [("d", [["a"]])], outputs: ["d"])
        .replacing("\"\(key)\"", with: "\"other\"")
      expectError(.format, "no list \"\(key)\"") { _ = try Model.make(configuration: text) }
    }
  }

  /// Keras writes how layers were called that train otherwise than they
  /// predict; what the model is called with counts.
  @Test func whetherALayerWasCalledInTrainingDoesNotMatter() throws {
    let text = configuration(inputs: ["a"], layers: [("d", [["a"]])], outputs: ["d"])
    let expected = try Model.make(configuration: text).configuration
    for options in [#"{"training":true}"#, #"{"training":false}"#, #"{"mask":null}"#] {
      let model = try Model.make(
        configuration: text.replacing(#""kwargs":{}"#, with: #""kwargs":\#(options)"#))
      #expect(model.configuration == expected)
    }
  }

  @Test func callsWithOtherThanTensorsAreRefused() {
    let text = configuration(inputs: ["a"], layers: [("d", [["a"]])], outputs: ["d"])
    expectError(.unsupported, "d: is called with \"mask\": true") {
      _ = try Model.make(
        configuration: text.replacing(#""kwargs":{}"#, with: #""kwargs":{"mask":true}"#))
    }
    expectError(.unsupported, "d: is called with 3") {
      _ = try Model.make(configuration: text.replacing(#""args":["#, with: #""args":[3,"#))
    }
    expectError(.format, "d: expected 1 input, got 2") {
      _ = try Model.make(
        configuration: text.replacing(
          #""args":["#,
          with: #""args":[{"class_name":"t","config":{"keras_history":["a",0,0]}},"#))
    }
    expectError(.format, "d: expected args and kwargs") {
      _ = try Model.make(configuration: text.replacing(#""args""#, with: #""arguments""#))
    }
  }

  @Test func unknownLayersAndHugeCountsNameTheLayer() {
    let text = configuration(inputs: ["a"], layers: [("d", [["a"]])], outputs: ["d"])
    expectError(.unsupported, "d: unknown layer class \"LSTM\"") {
      _ = try Model.make(configuration: text.replacing("\"Dense\"", with: "\"LSTM\""))
    }
    for units in ["4000000000000000000", "9223372036854775807", "1000000000"] {
      expectError(.format, "d") {
        _ = try Model.make(
          configuration: text.replacing("\"units\":4", with: "\"units\":\(units)"))
      }
    }
    for units in ["99999999999999999999", "1e300", "4.5", "\"4\"", "null"] {
      expectError(.format, "d: \"units\"") {
        _ = try Model.make(
          configuration: text.replacing("\"units\":4", with: "\"units\":\(units)"))
      }
    }
    expectError(.format, "a") {
      _ = try Model.make(
        configuration: text.replacing("[null,4]", with: "[null,4000000000,4000000000]"))
    }
  }

  @Test func shapesThatDoNotFitNameTheLayer() throws {
    let text = try KerasGoldens.text("summaries/branching.json")
    expectError(.format, "add: ") {
      _ = try Model.make(
        configuration: text.replacing(
          #""name": "hidden", "trainable": true"#, with: #""name": "hidden", "trainable": false"#
        )
        .replacing(
          "\"units\": 5, \"activation\": \"tanh\"", with: "\"units\": 5", maxReplacements: 1
        )
        .replacing("\"units\": 5, \"activation\": \"tanh\"", with: "\"units\": 6"))
    }
  }

  // MARK: Depth

  /// The whole way there and back takes a time that grows as the network does.
  @Test func deepChainsAreReadAndWritten() throws {
    func seconds(_ count: Int) throws -> Double {
      let begin = Date()
      let names = ["a"] + (0..<count).map { "d\($0)" }
      let model = try make(
        layers: zip(names, names.dropFirst()).map { ($1, [[$0]]) }, outputs: [names[count]])
      #expect(model.layers.count == count + 1)
      let text = model.configuration.text
      let again = try Model.make(configuration: text)
      #expect(again.configuration.text == text)
      #expect(again.summary().utf8.count > 100 * count)
      #expect(try again.predict(Tensor(shape: [1, 4], elements: [1, 2, 3, 4])).shape == [1, 4])
      return Date().timeIntervalSince(begin)
    }
    let short = try seconds(2000)
    let long = try seconds(20_000)
    #expect(long < 40 * short + 1, "\(short) s for 2000 layers, \(long) s for 20000")
  }

  @Test func deepSymbolicNetworksAreMadeAndLetGo() throws {
    let input = Input([2])
    var tensor: SymbolicTensor = input
    for _ in 0..<20_000 { tensor = Dropout(0)(tensor) }
    // Many ways lead through a ladder of sums.
    for _ in 0..<2000 { tensor = Add()(tensor, tensor) }
    let model = try Model(inputs: [input], outputs: [tensor])
    #expect(model.layers.count == 22_001)
  }

  @Test func deepCirclesAreErrors() {
    let count = 20_000
    let layers = (0..<count).map { ("d\($0)", [["d\(($0 + 1) % count)"]] as [[any Sendable]]) }
    expectError(.format, "depends on itself, in a circle") {
      _ = try make(layers: layers, outputs: ["d0"])
    }
  }
}
