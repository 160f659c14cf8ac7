import Foundation
import Testing

@testable import Lamina

/// What Keras computes for one class, case by case, as Tests/Fixtures/keras/make
/// writes and describes it.
struct KerasFixture {
  struct Case: CustomTestStringConvertible {
    let topic: String
    let className: String
    let name: String
    /// The whole case: configuration, shapes, settings.
    let json: JSON
    /// The tensors' names in the file's order, without the references.
    let names: [String]
    /// By name; "x@64" is the float64 reference of "x".
    let tensors: [String: FixtureTensor]

    var testDescription: String { "\(topic)/\(className): \(name)" }

    func tensor(_ name: String) throws -> FixtureTensor {
      guard let tensor = tensors[name] else {
        throw SafetensorsFixture.Damage(description: "\(testDescription) has no tensor \(name)")
      }
      return tensor
    }

    func reference(_ name: String) -> [Double]? { tensors[name + "@64"]?.doubles }

    /// What follows a prefix in the tensors' names, in the file's order:
    /// `suffixes(of: "variable/")` gives "kernel", "bias".
    func suffixes(of prefix: String) -> [String] {
      names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }

    /// The tensors "input_0", "input_1" and so on.
    func numbered(_ prefix: String) -> [FixtureTensor] {
      var found: [FixtureTensor] = []
      while let tensor = tensors["\(prefix)_\(found.count)"] { found.append(tensor) }
      return found
    }
  }

  static let folder = fixturesFolder.appending(path: "keras")

  let cases: [Case]

  /// The cases of Tests/Fixtures/keras/<topic>/<className>.safetensors.
  init(_ topic: String, _ className: String) throws {
    let url = KerasFixture.folder.appending(path: topic).appending(path: "\(className).safetensors")
    try self.init(topic, className, bytes: [UInt8](Data(contentsOf: url)))
  }

  init(_ topic: String, _ className: String, bytes: [UInt8]) throws {
    let file = try SafetensorsFixture(bytes)
    guard let text = file.metadata["cases"]?.stringValue,
      let descriptions = try JSON(parsing: text).arrayValue
    else { throw SafetensorsFixture.Damage(description: "\(className): no cases") }
    var names = Array(repeating: [String](), count: descriptions.count)
    var tensors = Array(repeating: [String: FixtureTensor](), count: descriptions.count)
    for fullName in file.names {
      let parts = fullName.split(separator: "/", maxSplits: 1)
      guard parts.count == 2, let index = Int(parts[0]), descriptions.indices.contains(index)
      else { throw SafetensorsFixture.Damage(description: "\(className): a tensor \(fullName)") }
      tensors[index][String(parts[1])] = file.tensors[fullName]
      if !fullName.hasSuffix("@64") { names[index].append(String(parts[1])) }
    }
    cases = descriptions.indices.map { index in
      Case(
        topic: topic, className: className,
        name: descriptions[index]["name"]?.stringValue ?? "\(index)", json: descriptions[index],
        names: names[index], tensors: tensors[index])
    }
  }

  /// The classes that a topic has fixtures of, sorted.
  static func classNames(of topic: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: topic).path)
      .filter { $0.hasSuffix(".safetensors") }
      .map { String($0.dropLast(".safetensors".count)) }
      .sorted()
  }
}
