/// A safetensors file in memory: named float32 tensors and a table of strings.
///
/// Layout: the header's length (8 bytes, little-endian), the header (JSON), the
/// tensors' bytes. Source: github.com/huggingface/safetensors, "Format".
struct Safetensors {
  struct Entry: Equatable {
    var name: String
    var shape: Shape
    /// The tensor's bytes in the file's data.
    var range: Range<Int>
  }

  /// In the file's order.
  var metadata: [Metadata]
  /// In the order of their bytes.
  var entries: [Entry]
  /// The tensors' bytes, without gaps.
  var data: ArraySlice<UInt8>

  static let lengthSize = 8
  static let metadataKey = "__metadata__"
  /// As in the reference implementation.
  static let maximumHeaderSize = 100_000_000

  /// - Throws: `.format` or `.unsupported`, naming the tensor.
  init(parsing bytes: [UInt8]) throws(LaminaError) {
    let header = try Safetensors.header(of: bytes)
    data = bytes[header.endIndex...]
    guard case .object(let members) = try JSONParser.parse(Array(header)) else {
      throw LaminaError(.format, "the header is not a JSON object")
    }
    metadata = []
    entries = []
    for member in members {
      if member.key == Safetensors.metadataKey {
        metadata = try Safetensors.metadata(from: member.value)
      } else {
        entries.append(try Safetensors.entry(member, dataSize: data.count))
      }
    }
    // An empty tensor begins where the next one does, and comes before it.
    entries.sort {
      let (a, b) = ($0.range, $1.range)
      return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }
    try checkLayout()
  }

  private static func header(of bytes: [UInt8]) throws(LaminaError) -> ArraySlice<UInt8> {
    guard bytes.count >= lengthSize else {
      throw LaminaError(
        .format, "\(bytes.count) bytes are too few for a safetensors file: its length needs 8")
    }
    let length = bytes[..<lengthSize].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(maximumHeaderSize), length <= UInt64(bytes.count - lengthSize) else {
      throw LaminaError(
        .format,
        "the header should have \(length) bytes, the file has \(bytes.count - lengthSize) after "
          + "its first 8")
    }
    let header = bytes[lengthSize..<lengthSize + Int(length)]
    guard header.first == UInt8(ascii: "{") else {
      throw LaminaError(.format, "the header does not begin with \"{\"; is it a safetensors file?")
    }
    return header
  }

  private static func metadata(from value: JSON) throws(LaminaError) -> [Metadata] {
    guard case .object(let members) = value else {
      throw LaminaError(.format, "\(metadataKey) is not an object")
    }
    var metadata: [Metadata] = []
    for member in members {
      guard let string = member.value.stringValue else {
        throw LaminaError(.format, "\(metadataKey): \"\(member.key)\" is not a string")
      }
      metadata.append(Metadata(key: member.key, value: string))
    }
    return metadata
  }

  private static func entry(
    _ member: JSON.Member, dataSize: Int
  ) throws(LaminaError) -> Entry {
    let name = member.key
    guard let dtype = member.value["dtype"]?.stringValue,
      let dimensions = integers(member.value["shape"]),
      let offsets = integers(member.value["data_offsets"]), offsets.count == 2
    else {
      throw LaminaError(
        .format, "\(name): expected dtype, shape and two data_offsets, got \(member.value.text)")
    }
    guard dtype == "F32" else {
      throw LaminaError(.unsupported, "\(name): expected dtype F32, got \(dtype)")
    }
    let shape = Shape(dimensions)
    guard let count = shape.checkedElementCount,
      case (let size, false) = count.multipliedReportingOverflow(by: 4)
    else {
      throw LaminaError(.format, "\(name): shape \(shape) is negative or overflows")
    }
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataSize else {
      throw LaminaError(
        .format,
        "\(name): bytes \(offsets[0]) to \(offsets[1]) are out of range; the file holds \(dataSize)"
      )
    }
    guard offsets[1] - offsets[0] == size else {
      throw LaminaError(
        .format,
        "\(name): shape \(shape) needs \(size) bytes, the offsets span \(offsets[1] - offsets[0])")
    }
    return Entry(name: name, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func integers(_ value: JSON?) -> [Int]? {
    guard let values = value?.arrayValue else { return nil }
    let integers = values.compactMap { $0.integerValue }
    return integers.count == values.count ? integers : nil
  }

  /// Tensors must follow each other and fill the file.
  private func checkLayout() throws(LaminaError) {
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        let begin = entry.range.lowerBound
        throw LaminaError(
          .format,
          "\(entry.name): begins at byte \(begin), "
            + "\(begin < end ? "inside the tensor before it" : "after a gap"); expected \(end)")
      }
      end = entry.range.upperBound
    }
    guard end == data.count else {
      throw LaminaError(.format, "\(data.count - end) bytes after the last tensor")
    }
  }
}

extension Safetensors {
  init(metadata: [Metadata]) {
    self.metadata = metadata
    entries = []
    data = []
  }

  mutating func append(name: String, shape: Shape, values: MatrixView) {
    let start = data.count
    values.appendLittleEndian(to: &data)
    entries.append(Entry(name: name, shape: shape, range: start..<data.count))
  }

  /// The file's bytes; the same tensors and strings give the same bytes.
  func encoded() -> [UInt8] {
    let strings = metadata.map { JSON.Member($0.key, .string($0.value)) }
    var members = [JSON.Member(Safetensors.metadataKey, .object(strings))]
    for entry in entries {
      members.append(JSON.Member(entry.name, Safetensors.description(of: entry)))
    }
    var header = Array(JSON.object(members).text.utf8)
    while (header.count + Safetensors.lengthSize) % 8 != 0 { header.append(UInt8(ascii: " ")) }
    let length = UInt64(header.count)
    let lengthBytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) }
    return lengthBytes + header + data
  }

  private static func description(of entry: Entry) -> JSON {
    .object([
      JSON.Member("dtype", .string("F32")),
      JSON.Member("shape", .array(entry.shape.dimensions.map { .integer($0) })),
      JSON.Member(
        "data_offsets",
        .array([.integer(entry.range.lowerBound), .integer(entry.range.upperBound)])),
    ])
  }
}
