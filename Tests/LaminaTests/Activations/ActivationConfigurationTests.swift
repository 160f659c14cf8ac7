import Testing

@testable import Lamina

@Suite struct ActivationConfigurationTests {
  @Test func namesAreKerass() throws {
    #expect(
      ActivationFunction.all.map { $0.name } == [
        "linear", "relu", "leaky_relu", "relu6", "elu", "selu", "gelu", "silu", "sigmoid",
        "hard_sigmoid", "tanh", "softplus", "softmax", "log_softmax",
      ])
    for activation in ActivationFunction.all {
      #expect(try ActivationFunction(named: activation.name) == activation)
      #expect(activation.json == .string(activation.name))
    }
    #expect(try ActivationFunction(named: "swish") == .silu)
    expectError(.unsupported, "\"mish\"", "linear, relu, leaky_relu", "log_softmax") {
      _ = try ActivationFunction(named: "mish")
    }
  }

  @Test func namesStandForKerassSettings() {
    #expect(ActivationFunction.leakyRelu == .leakyRelu(negativeSlope: 0.2))
    #expect(ActivationFunction.elu == .elu(alpha: 1))
    #expect(ActivationFunction.gelu == .gelu(approximate: false))
  }

  @Test func settingsComeBack() throws {
    let written: [(ActivationFunction, String)] = [
      (.gelu(approximate: true), #"{"class_name":"gelu","config":{"approximate":true}}"#),
      (
        .leakyRelu(negativeSlope: 0.3),
        #"{"class_name":"leaky_relu","config":{"negative_slope":0.3}}"#
      ),
      (.elu(alpha: 0.5), #"{"class_name":"elu","config":{"alpha":0.5}}"#),
    ]
    for (activation, text) in written {
      #expect(activation.json.text == text)
      #expect(try ActivationFunction(JSON(parsing: text)) == activation)
    }
    #expect(try ActivationFunction(JSON(parsing: #"{"class_name":"elu","config":{}}"#)) == .elu)
  }

  @Test func wrongSettingsAreRefused() throws {
    func read(_ text: String) throws {
      let configuration = Configuration(try JSON(parsing: "{\"activation\": \(text)}"))
      _ = try configuration.activation("activation")
    }
    expectError(.invalidArgument, "\"activation\"", "negative_slope", "-0.1") {
      try read(#"{"class_name": "leaky_relu", "config": {"negative_slope": -0.1}}"#)
    }
    expectError(.invalidArgument, "alpha", "-1") {
      try read(#"{"class_name": "elu", "config": {"alpha": -1}}"#)
    }
    expectError(.invalidArgument, "alpha", "finite") {
      try read(#"{"class_name": "elu", "config": {"alpha": 1e39}}"#)
    }
    expectError(.invalidArgument, "negative_slope", "finite") {
      try read(#"{"class_name": "leaky_relu", "config": {"negative_slope": 1e39}}"#)
    }
    expectError(.format, "\"approximate\"", "true or false", "1") {
      try read(#"{"class_name": "gelu", "config": {"approximate": 1}}"#)
    }
    expectError(.unsupported, "\"relu\"", "\"max_value\"") {
      try read(#"{"class_name": "relu", "config": {"max_value": 3}}"#)
    }
    expectError(.unsupported, "\"activation\"", "\"mish\"") { try read(#""mish""#) }
    expectError(.format, "\"activation\"", "[1]") { try read("[1]") }
  }

  @Test func absentMeansLinear() throws {
    for text in ["{}", #"{"activation": null}"#, #"{"activation": "linear"}"#] {
      let configuration = Configuration(try JSON(parsing: text))
      #expect(try configuration.activation("activation") == .linear)
    }
  }
}
