import Testing

@testable import Lamina

@Suite struct MetadataSettingTests {
  @Test func entriesAreSavedAndLoaded() throws {
    let model = try compiledModel()
    try model.setMetadata("labels", to: #"["a", "b", "c"]"#)
    try model.setMetadata("preprocessing", to: #"{"recipe": "mnist", "divisor": 255}"#)
    try model.setMetadata("calibration", to: #"{"temperature": 1.5}"#)
    try model.setMetadata("author", to: "somebody")
    let loaded = try Model.load(encoded: model.encoded())
    #expect(loaded.labels == ["a", "b", "c"] && loaded.preprocessing == .mnist)
    #expect(loaded.temperature == 1.5)
    #expect(loaded.metadata.contains(Metadata(key: "author", value: "somebody")))
  }

  @Test func entriesAreReplacedAndRemoved() throws {
    let model = try compiledModel()
    let before = model.metadata
    for key in ["labels", "preprocessing", "author", "training"] {
      let value = key == "preprocessing" ? #"{"divisor": 2}"# : #"["a", "b", "c"]"#
      try model.setMetadata(key, to: value)
      try model.setMetadata(key, to: value)
      #expect(model.metadata.filter { $0.key == key }.count == 1)
      try model.setMetadata(key, to: nil)
      #expect(model.metadata == before)
    }
    try model.setMetadata("calibration", to: #"{"temperature": 2}"#)
    try model.setMetadata("calibration", to: nil)
    #expect(model.temperature == 1)
  }

  @Test func whatFollowsFromTheModelCannotBeSet() throws {
    let model = try compiledModel()
    for key in ["config", "lamina_format_version", "test_vector", "training_state"] {
      expectError(.invalidArgument, key) { try model.setMetadata(key, to: "{}") }
    }
    expectError(.format, "3 labels") { try model.setMetadata("labels", to: #"["a"]"#) }
    #expect(model.labels.isEmpty)
  }
}
