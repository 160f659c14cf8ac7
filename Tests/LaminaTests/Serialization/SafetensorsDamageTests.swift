import Testing

@testable import Lamina

/// Each kind of damage to the container has an error of its own.
@Suite struct SafetensorsDamageTests {
  struct Damage: CustomTestStringConvertible, Sendable {
    let name: String
    var kind = LaminaError.Kind.format
    let fragments: [String]
    let bytes: [UInt8]
    var testDescription: String { name }

    init(
      _ name: String, _ kind: LaminaError.Kind = .format, _ fragments: String...,
      bytes: [UInt8]
    ) {
      self.name = name
      self.kind = kind
      self.fragments = fragments
      self.bytes = bytes
    }

    init(
      _ name: String, _ kind: LaminaError.Kind = .format, _ fragments: String...,
      change: (inout WeightsFile) -> Void
    ) {
      var file = WeightsFile.sound
      change(&file)
      self.name = name
      self.kind = kind
      self.fragments = fragments
      bytes = file.bytes
    }

    /// The bias's description replaced.
    static func bias(
      _ name: String, _ kind: LaminaError.Kind = .format, _ fragment: String,
      _ description: String
    ) -> Damage {
      Damage(name, kind, "dense/bias", fragment) { $0.describe("dense/bias", description) }
    }
  }

  private static let sound = WeightsFile.sound
  private static let headerSize = sound.header.utf8.count

  static let ofTheHeader: [Damage] = [
    Damage("empty file", .format, "0 bytes are too few", bytes: []),
    Damage("only part of the length", .format, "7 bytes", bytes: Array(sound.bytes[..<7])),
    Damage(
      "length of zero", .format, "does not begin with \"{\"",
      bytes: WeightsFile.bytes(header: "", data: [])),
    Damage(
      "header cut off", .format, "should have \(headerSize) bytes, the file has 50",
      bytes: Array(sound.bytes[..<58])),
    Damage(
      "length beyond the file", .format, "should have 1000 bytes, the file has 34",
      bytes: WeightsFile.bytes(header: "{}", data: sound.data, length: 1000)),
    Damage(
      "length of all ones", .format,
      "should have 18446744073709551615 bytes, at most 10000000 are allowed",
      bytes: WeightsFile.bytes(header: "{}", data: sound.data, length: .max)),
    Damage(
      "length beyond signed numbers", .format, "should have 9223372036854775808 bytes",
      bytes: WeightsFile.bytes(header: "{}", data: sound.data, length: 1 << 63)),
    Damage(
      "length that cuts the header", .format, "not JSON", "at byte \(headerSize - 1)",
      bytes: WeightsFile.bytes(
        header: sound.header, data: sound.data, length: UInt64(headerSize - 1))),
    Damage(
      "length that takes in data", .format, "not JSON: something after the value",
      bytes: WeightsFile.bytes(
        header: sound.header, data: sound.data, length: UInt64(headerSize + 4))),
    Damage(
      "another kind of file", .format, "does not begin with \"{\"",
      bytes: WeightsFile.bytes(header: "PK  data", data: [])),
    Damage(
      "header that is a list", .format, "does not begin with \"{\"",
      bytes: WeightsFile.bytes(header: "[]", data: [])),
    Damage(
      "header that is not JSON", .format, "not JSON: no key in quotes at byte 1",
      bytes: WeightsFile.bytes(header: "{hello}", data: [])),
    Damage(
      "header that is not UTF-8", .format, "not UTF-8",
      bytes: [5, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x7D]),
    Damage(
      "header too deep", .format, "more than 64 levels",
      bytes: WeightsFile.bytes(
        header: "{\"a\":" + String(repeating: "[", count: 1000), data: [])),
    Damage("tensor twice", .format, "\"dense/bias\" is there twice") {
      $0.tensors.append($0.tensors[1])
    },
    Damage("metadata key twice", .format, "\"labels\" is there twice") {
      $0.metadata.append(("labels", "\"[]\""))
    },
    Damage(
      "metadata twice", .format, "\"__metadata__\" is there twice",
      bytes: WeightsFile.bytes(
        header: #"{"__metadata__":{},"__metadata__":{}}"#, data: [])),
    Damage(
      "metadata that is a list", .format, "__metadata__ is not an object",
      bytes: WeightsFile.bytes(header: #"{"__metadata__":[]}"#, data: [])),
    Damage("metadata that is no string", .format, "__metadata__: \"note\" is not a string") {
      $0.setMetadata("note", "7")
    },
  ]

  static let ofTheTensors: [Damage] = [
    .bias("tensor that is no object", .format, "got \"F32\"", #""F32""#),
    .bias("no dtype", .format, "expected dtype", #"{"shape":[2],"data_offsets":[24,32]}"#),
    .bias("no shape", .format, "expected dtype", #"{"dtype":"F32","data_offsets":[24,32]}"#),
    .bias("no offsets", .format, "data_offsets", #"{"dtype":"F32","shape":[2]}"#),
    .bias(
      "dtype that is no string", .format, "expected dtype",
      #"{"dtype":32,"shape":[2],"data_offsets":[24,32]}"#),
    .bias(
      "dtype F16", .unsupported, "expected dtype F32, got F16",
      #"{"dtype":"F16","shape":[2],"data_offsets":[24,32]}"#),
    .bias(
      "dtype unknown", .unsupported, "got f32",
      #"{"dtype":"f32","shape":[2],"data_offsets":[24,32]}"#),
    .bias(
      "shape of strings", .format, "expected dtype, shape",
      #"{"dtype":"F32","shape":["2"],"data_offsets":[24,32]}"#),
    .bias(
      "shape of fractions", .format, "expected dtype, shape",
      #"{"dtype":"F32","shape":[1.5],"data_offsets":[24,32]}"#),
    .bias(
      "negative shape", .format, "shape [-2] is negative or overflows",
      #"{"dtype":"F32","shape":[-2],"data_offsets":[24,32]}"#),
    .bias(
      "two negative axes", .format, "shape [-1, -2] is negative",
      #"{"dtype":"F32","shape":[-1,-2],"data_offsets":[24,32]}"#),
    .bias(
      "shape whose product overflows", .format, "is negative or overflows",
      #"{"dtype":"F32","shape":[4294967296,4294967296,2],"data_offsets":[24,32]}"#),
    .bias(
      "shape whose bytes overflow", .format, "is negative or overflows",
      #"{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[24,32]}"#),
    .bias(
      "shape beyond 64 bits", .format, "expected dtype, shape",
      #"{"dtype":"F32","shape":[18446744073709551618],"data_offsets":[24,32]}"#),
    .bias(
      "one offset", .format, "two data_offsets",
      #"{"dtype":"F32","shape":[2],"data_offsets":[24]}"#),
    .bias(
      "three offsets", .format, "two data_offsets",
      #"{"dtype":"F32","shape":[2],"data_offsets":[24,32,40]}"#),
    .bias(
      "negative offset", .format, "bytes -8 to 0 are out of range",
      #"{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}"#),
    .bias(
      "swapped offsets", .format, "bytes 32 to 24 are out of range",
      #"{"dtype":"F32","shape":[2],"data_offsets":[32,24]}"#),
    .bias(
      "offsets beyond the file", .format, "bytes 28 to 36 are out of range; the file holds 32",
      #"{"dtype":"F32","shape":[2],"data_offsets":[28,36]}"#),
    .bias(
      "huge offsets", .format, "out of range",
      #"{"dtype":"F32","shape":[2],"data_offsets":[24,9223372036854775807]}"#),
    .bias(
      "offsets of another size", .format, "shape [2] needs 8 bytes, the offsets span 4",
      #"{"dtype":"F32","shape":[2],"data_offsets":[24,28]}"#),
    .bias(
      "overlapping tensors", .format, "begins at byte 20, inside the tensor before it; expected 24",
      #"{"dtype":"F32","shape":[2],"data_offsets":[20,28]}"#),
    Damage(
      "tensor inside of another", .format,
      "dense/kernel: begins at byte 0, inside the tensor before it; expected 8"
    ) {
      $0.describe("dense/bias", #"{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#)
    },
    Damage(
      "gap between tensors", .format, "dense/bias: begins at byte 28, after a gap; expected 24"
    ) {
      $0.data += [0, 0, 0, 0]
      $0.describe("dense/bias", #"{"dtype":"F32","shape":[2],"data_offsets":[28,36]}"#)
    },
    Damage("bytes after the last tensor", .format, "1 bytes after the last tensor") {
      $0.data.append(0)
    },
    Damage("data cut off", .format, "bytes 24 to 32 are out of range; the file holds 31") {
      $0.data.removeLast()
    },
    Damage("no tensors for the data", .format, "32 bytes after the last tensor") {
      $0.tensors = []
    },
  ]

  @Test(arguments: ofTheHeader + ofTheTensors)
  func damageIsAnError(damage: Damage) {
    for fragment in damage.fragments {
      expectError(damage.kind, fragment) { _ = try Model.load(encoded: damage.bytes) }
    }
  }

  @Test func soundFileIsRead() throws {
    let file = try safetensorsHeader(of: WeightsFile.sound.bytes)
    #expect(file.entries.map { $0.name } == ["dense/kernel", "dense/bias"])
    #expect(file.entries.map { $0.shape } == [[3, 2], [2]])
    #expect(file.entries.map { $0.range } == [0..<24, 24..<32])
    #expect(file.metadata.count == 5)
  }
}
