/// What stands before the numbers in a safetensors file: the tensors' names,
/// types, shapes and places, and a table of strings.
///
/// Layout: the header's length (8 bytes, little-endian), the header (JSON), the
/// tensors' bytes. Source: github.com/huggingface/safetensors, "Format".
struct SafetensorsHeader {
  struct Entry: Equatable {
    var name: String
    /// The format's name of the elements' type, such as "F32".
    var dtype: String
    var shape: Shape
    /// The tensor's bytes, counted from the header's end.
    var range: Range<Int>
  }

  /// In the file's order.
  var metadata: [Metadata]
  /// In the order of their bytes.
  var entries: [Entry]

  static let lengthSize = 8
  static let metadataKey = "__metadata__"
  /// A hundred times what a network of a thousand layers needs.
  static let maximumSize = 10_000_000

  /// - Throws: `.inputOutput`; `.format`, naming the tensor.
  init(reading reader: ByteReader) throws(LaminaError) {
    let header = try SafetensorsHeader.bytes(from: reader)
    guard case .object(let members) = try JSONParser.parse(header) else {
      throw LaminaError(.format, "the header is not a JSON object")
    }
    metadata = []
    entries = []
    for member in members {
      if member.key == SafetensorsHeader.metadataKey {
        metadata = try SafetensorsHeader.metadata(from: member.value)
      } else {
        entries.append(try SafetensorsHeader.entry(member, dataSize: reader.remainingCount))
      }
    }
    // An empty tensor begins where the next one does, and comes before it.
    entries.sort {
      let (a, b) = ($0.range, $1.range)
      return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }
    try checkLayout(dataSize: reader.remainingCount)
  }

  private static func bytes(from reader: ByteReader) throws(LaminaError) -> [UInt8] {
    let lengthBytes = try reader.read(atMost: lengthSize)
    guard lengthBytes.count == lengthSize else {
      throw LaminaError(
        .format, "\(lengthBytes.count) bytes are too few for a safetensors file: its length needs 8"
      )
    }
    let length = lengthBytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(maximumSize) else {
      throw LaminaError(
        .format,
        "the header should have \(length) bytes, at most \(maximumSize) are allowed; "
          + "is it a safetensors file?")
    }
    let header = try reader.read(atMost: Int(length))
    guard header.count == Int(length) else {
      throw LaminaError(
        .format,
        "the header should have \(length) bytes, the file has \(header.count) after its first 8")
    }
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
    _ member: JSON.Member, dataSize: Int?
  ) throws(LaminaError) -> Entry {
    let name = member.key
    guard let dtype = member.value["dtype"]?.stringValue,
      let dimensions = integers(member.value["shape"]),
      let offsets = integers(member.value["data_offsets"]), offsets.count == 2
    else {
      throw LaminaError(
        .format, "\(name): expected dtype, shape and two data_offsets, got \(member.value.text)")
    }
    let shape = Shape(dimensions)
    guard let count = shape.checkedElementCount,
      case (let size, false) = count.multipliedReportingOverflow(by: 4)
    else {
      throw LaminaError(.format, "\(name): shape \(shape) is negative or overflows")
    }
    guard offsets[0] >= 0, offsets[0] <= offsets[1], offsets[1] <= dataSize ?? .max else {
      throw LaminaError(
        .format,
        "\(name): bytes \(offsets[0]) to \(offsets[1]) are out of range"
          + (dataSize.map { "; the file holds \($0)" } ?? ""))
    }
    // Of other types only those are met that belong to no layer.
    guard dtype != "F32" || offsets[1] - offsets[0] == size else {
      throw LaminaError(
        .format,
        "\(name): shape \(shape) needs \(size) bytes, the offsets span \(offsets[1] - offsets[0])")
    }
    return Entry(name: name, dtype: dtype, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func integers(_ value: JSON?) -> [Int]? {
    guard let values = value?.arrayValue else { return nil }
    let integers = values.compactMap { $0.integerValue }
    return integers.count == values.count ? integers : nil
  }

  /// Tensors must follow each other and fill the file.
  private func checkLayout(dataSize: Int?) throws(LaminaError) {
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
    if let dataSize, end != dataSize {
      throw LaminaError(.format, "\(dataSize - end) bytes after the last tensor")
    }
  }
}

extension SafetensorsHeader {
  init(metadata: [Metadata]) {
    self.metadata = metadata
    entries = []
  }

  /// Adds a float32 tensor, whose bytes follow those of the one before.
  ///
  /// - Parameter count: how many elements the shape holds.
  mutating func append(name: String, shape: Shape, count: Int) {
    let begin = entries.last?.range.upperBound ?? 0
    entries.append(
      Entry(name: name, dtype: "F32", shape: shape, range: begin..<begin + 4 * count))
  }

  /// The file's bytes up to the tensors'; the same header gives the same bytes.
  func encoded() -> [UInt8] {
    let strings = metadata.map { JSON.Member($0.key, .string($0.value)) }
    var members = [JSON.Member(SafetensorsHeader.metadataKey, .object(strings))]
    for entry in entries {
      members.append(JSON.Member(entry.name, SafetensorsHeader.description(of: entry)))
    }
    var header = Array(JSON.object(members).text.utf8)
    while (header.count + SafetensorsHeader.lengthSize) % 8 != 0 {
      header.append(UInt8(ascii: " "))
    }
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
  }

  private static func description(of entry: Entry) -> JSON {
    .object([
      JSON.Member("dtype", .string(entry.dtype)),
      JSON.Member("shape", .array(entry.shape.dimensions.map { .integer($0) })),
      JSON.Member(
        "data_offsets",
        .array([.integer(entry.range.lowerBound), .integer(entry.range.upperBound)])),
    ])
  }
}
