@testable import Lamina

/// A small weights file in parts, each of which a test can damage: a network of
/// one Dense layer, three numbers in and two out.
struct WeightsFile {
  /// Pairs of a key and its value as JSON text.
  var metadata: [(key: String, value: String)]
  var tensors: [(name: String, description: String)]
  var data: [UInt8]

  static let configuration = """
    {"class_name":"Sequential","config":{"name":"tiny","layers":[\
    {"class_name":"InputLayer","config":{"batch_shape":[null,3],"dtype":"float32",\
    "name":"input_layer"}},\
    {"class_name":"Dense","config":{"name":"dense","units":2,"activation":"relu",\
    "use_bias":true}}]}}
    """

  static let sound = WeightsFile(
    metadata: [
      ("lamina_format_version", #""1""#), ("config", quoted(configuration)),
      ("preprocessing", quoted(#"{"recipe":"mnist","divisor":255}"#)),
      ("labels", quoted(#"["no","yes"]"#)), ("training", quoted(#"{"epochs":5}"#)),
    ],
    tensors: [
      ("dense/kernel", #"{"dtype":"F32","shape":[3,2],"data_offsets":[0,24]}"#),
      ("dense/bias", #"{"dtype":"F32","shape":[2],"data_offsets":[24,32]}"#),
    ],
    data: (0..<8).flatMap { index in
      (0..<4).map { UInt8(truncatingIfNeeded: Float(index).bitPattern >> (8 * UInt32($0))) }
    })

  static func quoted(_ text: String) -> String { JSON.string(text).text }

  /// The header's JSON.
  var header: String {
    let strings = metadata.map { "\(WeightsFile.quoted($0.key)):\($0.value)" }
    let entries = tensors.map { "\(WeightsFile.quoted($0.name)):\($0.description)" }
    let all = ["\"__metadata__\":{" + strings.joined(separator: ",") + "}"] + entries
    return "{" + all.joined(separator: ",") + "}"
  }

  var bytes: [UInt8] { WeightsFile.bytes(header: header, data: data) }

  static func bytes(header: String, data: [UInt8], length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(header.utf8.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
      + Array(header.utf8) + data
  }

  mutating func setMetadata(_ key: String, _ value: String?) {
    let index = metadata.firstIndex { $0.key == key } ?? metadata.endIndex
    let entry = value.map { [(key, $0)] } ?? []
    metadata.replaceSubrange(index..<min(index + 1, metadata.count), with: entry)
  }

  /// Replaces a part of the configuration's text.
  mutating func editConfiguration(_ old: String, _ new: String) {
    let parts = WeightsFile.configuration.split(separator: old, omittingEmptySubsequences: false)
    precondition(parts.count > 1, "the configuration has no \(old)")
    setMetadata("config", WeightsFile.quoted(parts.joined(separator: new)))
  }

  mutating func describe(_ name: String, _ description: String) {
    for index in tensors.indices where tensors[index].name == name {
      tensors[index].description = description
    }
  }
}
