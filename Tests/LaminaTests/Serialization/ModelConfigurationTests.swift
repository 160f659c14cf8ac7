import Testing

@testable import Lamina

@Suite struct ModelConfigurationTests {
  @Test func whatKerasWritesIsRead() throws {
    let model = try Model.make(
      configuration: KerasGoldens.text("summaries/quickstart.json"), seed: 1)
    #expect(model.inputShape == [28, 28] && model.outputShape == [10])
    #expect(model.layers.map { $0.className } == ["Flatten", "Dense", "Dropout", "Dense"])
    #expect(model.parameterCount == 101_770)
    let own = try Sequential(seed: 1) {
      Flatten(inputShape: [28, 28])
      Dense(128, activation: .relu)
      Dropout(0.2)
      Dense(10)
    }
    #expect(model.configuration == own.configuration)
    #expect(model.weightBits == own.weightBits)
  }

  @Test func configurationIsKerassCutToWhatHasAMeaning() throws {
    let model = try Sequential(name: "mine") {
      Dense(3, activation: .tanh, useBias: false, inputShape: [2], name: "first")
      Dropout(0.25)
    }
    #expect(
      model.configuration.text == """
        {"module":"keras","class_name":"Sequential","config":{"name":"mine","layers":[\
        {"class_name":"InputLayer","config":{"batch_shape":[null,2],"dtype":"float32",\
        "name":"input_layer"}},\
        {"class_name":"Dense","config":{"name":"first","units":3,"activation":"tanh",\
        "use_bias":false}},\
        {"class_name":"Dropout","config":{"name":"dropout","rate":0.25}}]}}
        """)
  }

  @Test func configurationComesBack() throws {
    let model = try Sequential(name: "mine") {
      Flatten(inputShape: [2, 3])
      Dense(5, activation: .sigmoid)
      Dropout(0.1)
      Dense(4, activation: .softmax, useBias: false, name: "last")
    }
    let again = try Model.make(configuration: model.configuration.text)
    #expect(again.configuration == model.configuration)
    #expect(again.weightBits == model.weightBits)
    #expect(again.name == "mine")
  }

  @Test func batchShapeMayStandAtTheFirstLayer() throws {
    for key in ["batch_shape", "batch_input_shape"] {
      let model = try Model.make(
        configuration: """
          {"class_name":"Sequential","config":{"layers":[
            {"class_name":"Dense","config":{"units":2,"\(key)":[32,7]}}]}}
          """)
      #expect(model.inputShape == [7])
      #expect(model.name == "sequential")
      #expect(model.variableNames == ["dense/kernel", "dense/bias"])
    }
  }

  @Test func settingsThatLaminaHasInOneFormOnlyAreRefusedInOthers() throws {
    func model(_ layer: String, _ setting: String) throws(LaminaError) -> Model {
      try Model.make(
        configuration: """
          {"class_name":"Sequential","config":{"layers":[
            {"class_name":"InputLayer","config":{"batch_shape":[null,7]}},
            {"class_name":"\(layer)","config":{"units":2,"rate":0.5,\(setting)}}]}}
          """)
    }
    for (layer, setting) in [
      ("Dense", #""kernel_constraint":{"class_name":"NonNeg"}"#),
      ("Dense", #""activity_regularizer":{"class_name":"L2","config":{"l2":0.1}}"#),
      ("Flatten", #""data_format":"channels_first""#),
      ("Dropout", #""noise_shape":[1,7]"#),
    ] {
      let key = setting.split(separator: ":")[0]
      expectError(.unsupported, "\(key) is") { _ = try model(layer, setting) }
    }
    for (layer, setting) in [
      ("Dense", #""kernel_initializer":{"class_name":"GlorotUniform","config":{"seed":null}}"#),
      ("Dense", #""kernel_initializer":{"class_name":"Ones"}"#),
      ("Dense", #""bias_initializer":"ones""#),
      ("Dense", #""kernel_regularizer":null"#),
      ("Dense", #""kernel_regularizer":{"class_name":"L2","config":{"l2":0.1}}"#),
      ("Flatten", #""data_format":"channels_last""#),
      ("Dropout", #""noise_shape":null"#),
    ] {
      _ = try model(layer, setting)
    }
  }

  @Test func inputLayersComeFirst() {
    expectError(.unsupported, "again: an InputLayer after the first layer") {
      _ = try Model.make(
        configuration: """
          {"class_name":"Sequential","config":{"layers":[
            {"class_name":"Flatten","config":{"batch_shape":[null,7]}},
            {"class_name":"InputLayer","config":{"name":"again","batch_shape":[null,7]}}]}}
          """)
    }
  }

  @Test func layersThatDoNotFitAreErrorsOfTheFormat() {
    expectError(.format, "dense: units must be at least 1") {
      _ = try Model.make(
        configuration: """
          {"class_name":"Sequential","config":{"layers":[
            {"class_name":"Dense","config":{"units":0,"batch_shape":[null,7]}}]}}
          """)
    }
    expectError(.format, "not JSON") { _ = try Model.make(configuration: "Sequential") }
  }
}
