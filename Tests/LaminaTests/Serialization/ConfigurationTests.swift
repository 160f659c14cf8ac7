import Testing

@testable import Lamina

@Suite struct LayerConfigurationTests {
  private func configuration(_ text: String) throws -> Configuration {
    Configuration(try JSONParser.parse(Array(text.utf8)))
  }

  private func make(_ className: String, _ text: String) throws -> any Layer {
    try LayerRegistry.make(className: className, configuration: configuration(text))
  }

  @Test func settingsHaveTheirTypes() throws {
    let settings = try configuration(
      #"{"name":"n","units":3,"whole":4.0,"rate":0.5,"on":false,"activation":"relu"}"#)
    #expect(settings.name == "n")
    #expect(try settings.integer("units") == 3)
    #expect(try settings.integer("whole") == 4)
    #expect(try settings.number("units") == 3)
    #expect(try settings.number("rate") == 0.5)
    #expect(try settings.boolean("on", default: true) == false)
    #expect(try settings.boolean("off", default: true))
    #expect(try settings.string("activation", default: "linear") == "relu")
    #expect(try settings.string("other", default: "linear") == "linear")
  }

  @Test func errorsSayWhatCame() throws {
    let settings = try configuration(#"{"units":"many","on":1,"activation":null,"half":0.5}"#)
    expectError(.format, "\"units\" should be an integer, got \"many\"") {
      _ = try settings.integer("units")
    }
    expectError(.format, "\"half\" should be an integer, got 0.5") {
      _ = try settings.integer("half")
    }
    expectError(.format, "\"rate\" is missing; expected a number") {
      _ = try settings.number("rate")
    }
    expectError(.format, "\"on\" should be true or false, got 1") {
      _ = try settings.boolean("on", default: true)
    }
    #expect(try settings.string("activation", default: "linear") == "linear")
  }

  @Test func layersComeBackFromTheirConfiguration() throws {
    let layers: [any Layer] = [
      Dense(7, activation: .tanh, useBias: false), Dense(1), Dropout(0.2), Dropout(0), Flatten(),
    ]
    for layer in layers {
      let text = JSON.object(layer.configuration).text
      let again = try make(layer.className, text)
      #expect(JSON.object(again.configuration).text == text)
      #expect(type(of: again) == type(of: layer))
    }
    #expect(JSON.object(Dropout(0.2).configuration).text == #"{"rate":0.2}"#)
  }

  @Test func defaultsAreKerass() throws {
    let dense = try #require(try make("Dense", #"{"units":2}"#) as? Dense)
    #expect(dense.activation == .linear && dense.useBias)
  }

  @Test func unknownLayersAreRefusedByName() {
    expectError(.unsupported, "\"LSTM\"", "Dense, ", "Dropout, ", "Flatten, ") {
      _ = try make("LSTM", "{}")
    }
    expectError(.unsupported, "\"swoosh\"") {
      _ = try make("Dense", #"{"units":2,"activation":"swoosh"}"#)
    }
  }
}
