import Foundation

/// Tests/Fixtures
let fixturesFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: "Fixtures")

/// What Keras computes, as Tests/Fixtures/keras/make_goldens.py writes and
/// describes it.
enum KerasGoldens {
  private static let folder = fixturesFolder.appending(path: "keras")

  struct Cases<Case: Decodable>: Decodable {
    let cases: [Case]
  }

  struct Dense: Decodable {
    let activation: String
    let input: [[Float]]
    let kernel: [[Float]]
    let bias: [Float]?
    let upstream: [[Float]]
    let output: [[Float]]
    let input_gradient: [[Float]]
    let kernel_gradient: [[Float]]
    let bias_gradient: [Float]?
  }

  struct Crossentropy: Decodable {
    let from_logits: Bool
    let outputs: [[Float]]
    let labels: [Int32]
    let losses: [Float]
    let gradient: [[Float]]
  }

  struct Adam: Decodable {
    let settings: [String: Double]
    let start: [Float]
    let gradients: [[Float]]
    let steps: [[Float]]
  }

  struct Glorot: Decodable {
    let shape: [Int]
    let lower: Float
    let upper: Float
  }

  struct Training: Decodable {
    let samples: [[Float]]
    let labels: [Int32]
    /// The samples that the network is trained with; the others validate it.
    let training_count: Int
    let names: [String]
    let before: [[[Float]]]
    let after: [[[Float]]]
    let history: [String: [Double]]
    let evaluation: [String: Double]
    let predictions: [[Float]]
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  static func load<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
  }
}
