import Foundation

/// Tests/Fixtures
let fixturesFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Fixtures")

/// What Keras computes or writes where there are no tensors, as text and JSON; see
/// Tests/Fixtures/keras/make.
enum KerasGoldens {
  struct Cases<Case: Decodable>: Decodable {
    let cases: [Case]
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: KerasFixture.folder.appending(path: name), encoding: .utf8)
  }

  static func load<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(
      type, from: Data(contentsOf: KerasFixture.folder.appending(path: name)))
  }
}
