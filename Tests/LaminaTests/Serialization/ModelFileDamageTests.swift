import Testing

@testable import Lamina

/// Files that are safetensors, but not Lamina's.
@Suite struct ModelFileDamageTests {
  typealias Damage = SafetensorsDamageTests.Damage

  /// The configuration's text changed in one place.
  private static func configuration(
    _ name: String, _ kind: LaminaError.Kind = .format, _ fragment: String,
    _ old: String, _ new: String
  ) -> Damage {
    Damage(name, kind, fragment) { $0.editConfiguration(old, new) }
  }

  /// A metadata entry's JSON text replaced; nil removes it.
  private static func metadata(
    _ name: String, _ kind: LaminaError.Kind = .format, _ fragment: String,
    _ key: String, _ value: String?
  ) -> Damage {
    Damage(name, kind, fragment) { $0.setMetadata(key, value.map(WeightsFile.quoted)) }
  }

  static let ofTheMetadata: [Damage] = [
    metadata(
      "no version", .format, "no \"lamina_format_version\"; the file is not Lamina's",
      "lamina_format_version", nil),
    metadata(
      "newer version", .unsupported, "format version 2 is newer than 1", "lamina_format_version",
      "2"),
    metadata(
      "version that is no number", .format, "\"one\" is not a number", "lamina_format_version",
      "one"),
    metadata(
      "version of zero", .format, "\"0\" is not a number from 1 on", "lamina_format_version", "0"),
    metadata("version with a sign", .format, "\"+1\"", "lamina_format_version", "+1"),
    metadata("negative version", .format, "\"-1\"", "lamina_format_version", "-1"),
    metadata("no configuration", .format, "the metadata has no \"config\"", "config", nil),
    metadata(
      "configuration that is not JSON", .format, "metadata \"config\": not JSON", "config", "{"),
    metadata("empty configuration", .format, "metadata \"config\": not JSON", "config", ""),
    metadata(
      "configuration that is a list", .unsupported, "model class \"(none)\"", "config", "[]"),
    metadata(
      "labels that are not JSON", .format, "metadata \"labels\": not JSON", "labels", "no, yes"),
    metadata(
      "too few labels", .format, "expected 2 labels, one a class, got [\"no\"]", "labels",
      #"["no"]"#),
    metadata("too many labels", .format, "expected 2 labels", "labels", #"["a","b","c"]"#),
    metadata("labels that are numbers", .format, "got [0,1]", "labels", "[0,1]"),
    metadata("labels that are no list", .format, "got {}", "labels", "{}"),
    metadata(
      "unknown recipe", .unsupported, "preprocessing recipe \"imagenet\"; known: mnist",
      "preprocessing", #"{"recipe":"imagenet","divisor":255}"#),
    metadata(
      "a number as recipe", .unsupported, "recipe 1;", "preprocessing",
      #"{"recipe":1,"divisor":255}"#),
    metadata(
      "divisor of zero", .format, "divisor should be a number above 0", "preprocessing",
      #"{"recipe":"mnist","divisor":0}"#),
    metadata(
      "negative divisor", .format, "divisor", "preprocessing",
      #"{"recipe":"mnist","divisor":-255}"#),
    metadata(
      "divisor beyond float32", .format, "divisor", "preprocessing",
      #"{"recipe":"mnist","divisor":1e300}"#),
    metadata(
      "divisor that vanishes", .format, "divisor", "preprocessing",
      #"{"recipe":"mnist","divisor":1e-300}"#),
    metadata(
      "no divisor", .format, "divisor", "preprocessing", #"{"recipe":"mnist"}"#),
    metadata(
      "temperature of zero", .format, "temperature should be a number above 0", "calibration",
      #"{"temperature":0}"#),
    metadata(
      "temperature beyond float32", .format, "temperature", "calibration",
      #"{"temperature":1e300}"#),
    metadata("no temperature", .format, "got {}", "calibration", "{}"),
    metadata(
      "calibration that is not JSON", .format, "metadata \"calibration\": not JSON", "calibration",
      "warm"),
    metadata(
      "preprocessing that is not JSON", .format, "metadata \"preprocessing\": not JSON",
      "preprocessing", "mnist"),
  ]

  static let ofTheConfiguration: [Damage] = [
    configuration(
      "unknown class of model", .unsupported, "model class \"Subclass\"", "Sequential",
      "Subclass"),
    configuration("no layers", .format, "no list \"layers\"", "\"layers\"", "\"players\""),
    configuration(
      "layers that are no list", .format, "no list \"layers\"", #""layers":["#,
      #""layers":7,"others":["#),
    configuration(
      "layer that is a number", .format, "expected class_name and config, got 5",
      #""layers":["#, #""layers":[5,"#),
    configuration(
      "layer without a class", .format, "dense: expected class_name and config",
      #""class_name":"Dense""#, #""class":"Dense""#),
    configuration(
      "unknown layer", .unsupported, "unknown layer class \"Conv9D\"", "\"Dense\"", "\"Conv9D\""),
    configuration(
      "unknown activation", .unsupported, "dense: \"activation\": unknown activation \"swoosh\"",
      "relu", "swoosh"),
    configuration(
      "activation that is an object", .format, "dense: \"activation\": expected a name", "\"relu\"",
      "{}"),
    configuration(
      "use_bias that is a number", .format, "\"use_bias\" should be true or false, got 1", "true",
      "1"),
    configuration("no units", .format, "\"units\" is missing", "units", "unit"),
    configuration(
      "units that are a string", .format, "\"units\" should be an integer, got \"2\"",
      "\"units\":2", "\"units\":\"2\""),
    configuration(
      "units that are a fraction", .format, "\"units\" should be an integer", "\"units\":2",
      "\"units\":2.5"),
    configuration(
      "no units at all", .format, "dense: units must be at least 1, got 0", "\"units\":2",
      "\"units\":0"),
    configuration("negative units", .format, "got -2", "\"units\":2", "\"units\":-2"),
    configuration(
      "huge units", .format, "dense: shape [9223372036854775807]", "\"units\":2",
      "\"units\":9223372036854775807"),
    configuration(
      "more parameters than a network may have", .format, "dense/kernel", "\"units\":2",
      "\"units\":1000000000"),
    configuration("no batch_shape", .format, "batch_shape should be", "batch_shape", "shape"),
    configuration(
      "empty batch_shape", .format, "batch_shape should be", "[null,3]", "[]"),
    configuration(
      "batch_shape that is no list", .format, "batch_shape should be", "[null,3]", "3"),
    configuration(
      "batch axis that is a string", .format, "batch_shape should be", "[null,3]", #"["x",3]"#),
    configuration(
      "trainable that is a number", .format, "\"trainable\" should be true or false", "\"units\":2",
      "\"units\":2,\"trainable\":0"),
    configuration(
      "batch_shape of strings", .format, "input_layer: batch_shape should be", "[null,3]",
      #"[null,"3"]"#),
    configuration(
      "batch_shape with an unknown axis", .format, "batch_shape", "[null,3]", "[null,null]"),
    configuration(
      "negative batch_shape", .format, "the input: shape [-3]", "[null,3]", "[null,-3]"),
    configuration(
      "huge batch_shape", .format, "the input: shape", "[null,3]", "[null,4294967296]"),
    configuration(
      "overflowing batch_shape", .format, "the input: shape", "[null,3]",
      "[null,9223372036854775807,9223372036854775807]"),
    configuration(
      "layers that do not fit", .format, "dense: expected an input of at least one axis",
      "[null,3]",
      "[null]"),
    configuration(
      "name that cannot be", .format, "a/b: a layer's name", "\"name\":\"dense\"",
      "\"name\":\"a/b\""),
    configuration(
      "dropout of all", .format, "rate must be 0 to 1, got 1.5",
      #"{"class_name":"Dense""#,
      #"{"class_name":"Dropout","config":{"rate":1.5}},{"class_name":"Dense""#),
    configuration(
      "dropout of nothing known", .format, "\"rate\" is missing",
      #"{"class_name":"Dense""#,
      #"{"class_name":"Dropout","config":{}},{"class_name":"Dense""#),
    configuration(
      "same name twice", .format, "dense: a layer's name", #"{"class_name":"Dense""#,
      #"{"class_name":"Flatten","config":{"name":"dense"}},{"class_name":"Dense""#),
  ]

  static let ofTheTensors: [Damage] = [
    configuration(
      "kernel of another shape", .format,
      "dense/kernel has shape [3, 2], the configuration needs [4, 2]", "[null,3]", "[null,4]"),
    configuration(
      "tensors of another width", .format, "the configuration needs [3, 5]", "\"units\":2",
      "\"units\":5"),
    configuration(
      "tensors of another layer", .format, "out/kernel is missing; expected shape [3, 2]",
      "\"name\":\"dense\"", "\"name\":\"out\""),
    configuration(
      "tensor of no layer", .format, "dense/bias belongs to no layer", "true", "false"),
    Damage("missing tensor", .format, "dense/bias is missing; expected shape [2]") {
      $0.tensors.removeLast()
      $0.data.removeLast(8)
    },
    Damage("further tensor", .format, "extra belongs to no layer of the configuration") {
      $0.tensors.append(("extra", #"{"dtype":"F32","shape":[1],"data_offsets":[32,36]}"#))
      $0.data += [0, 0, 0, 0]
    },
    Damage("further empty tensor", .format, "extra belongs to no layer") {
      $0.tensors.append(("extra", #"{"dtype":"F32","shape":[0],"data_offsets":[32,32]}"#))
    },
    Damage("the same name composed in two ways", .format, "is there twice") {
      for name in ["optimizer/\u{E9}", "optimizer/e\u{301}"] {
        $0.tensors.append((name, #"{"dtype":"F32","shape":[0],"data_offsets":[32,32]}"#))
      }
    },
    Damage("bias as a matrix", .format, "dense/bias has shape [1, 2]") {
      $0.describe("dense/bias", #"{"dtype":"F32","shape":[1,2],"data_offsets":[24,32]}"#)
    },
  ]

  @Test(arguments: ofTheMetadata + ofTheConfiguration + ofTheTensors)
  func damageIsAnError(damage: Damage) throws {
    // The container itself is sound.
    _ = try safetensorsHeader(of: damage.bytes)
    for fragment in damage.fragments {
      expectError(damage.kind, fragment) { _ = try Model.load(encoded: damage.bytes) }
    }
  }

  @Test func errorsOfFilesBeginWithThePath() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([1, 2, 3], to: "damaged.safetensors")
    expectError(.format, "\(path): 3 bytes are too few") { _ = try Model.load(path) }
    expectError(.inputOutput, "\(folder.path("none")): cannot be opened: No such file") {
      _ = try Model.load(folder.path("none"))
    }
    let directory = folder.url.path
    expectError(.inputOutput, "\(directory): cannot be read: Is a directory") {
      _ = try Model.load(directory)
    }
  }
}
