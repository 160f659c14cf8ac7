import Foundation

@testable import Lamina

/// A tensor of a fixture.
struct FixtureTensor: Equatable {
  enum Numbers: Equatable {
    case floats([Float])
    case doubles([Double])
    case integers([Int32])
  }

  var shape: [Int]
  var numbers: Numbers

  /// The numbers as float32.
  var floats: [Float] {
    switch numbers {
    case .floats(let values): values
    case .doubles(let values): values.map { Float($0) }
    case .integers(let values): values.map { Float($0) }
    }
  }

  /// The numbers as float64.
  var doubles: [Double] {
    switch numbers {
    case .floats(let values): values.map { Double($0) }
    case .doubles(let values): values
    case .integers(let values): values.map { Double($0) }
    }
  }

  /// The numbers of an integer tensor; nil for others.
  var integers: [Int32]? {
    if case .integers(let values) = numbers { values } else { nil }
  }

  var count: Int {
    switch numbers {
    case .floats(let values): values.count
    case .doubles(let values): values.count
    case .integers(let values): values.count
    }
  }
}

/// A safetensors file with float32, float64 and int32 tensors, read apart from
/// Lamina's own reader, which takes float32 alone.
struct SafetensorsFixture {
  struct Damage: Error, CustomStringConvertible {
    let description: String
  }

  let metadata: JSON
  /// The names in the header's order.
  let names: [String]
  let tensors: [String: FixtureTensor]

  init(_ bytes: [UInt8]) throws {
    guard bytes.count >= 8 else { throw Damage(description: "no header's length") }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(bytes.count - 8) else { throw Damage(description: "a short header") }
    let start = 8 + Int(length)
    let header = try JSON(parsing: String(decoding: bytes[8..<start], as: UTF8.self))
    guard case .object(let members) = header else { throw Damage(description: "no header") }
    var names: [String] = []
    var tensors: [String: FixtureTensor] = [:]
    for member in members where member.key != "__metadata__" {
      names.append(member.key)
      tensors[member.key] = try SafetensorsFixture.tensor(member, in: bytes[start...])
    }
    self.metadata = header["__metadata__"] ?? .null
    self.names = names
    self.tensors = tensors
  }

  private static func tensor(
    _ member: JSON.Member, in data: ArraySlice<UInt8>
  ) throws -> FixtureTensor {
    let damage = Damage(description: "\(member.key): \(member.value.text)")
    let shape = member.value["shape"]?.arrayValue?.compactMap(\.integerValue)
    let offsets = member.value["data_offsets"]?.arrayValue?.compactMap(\.integerValue)
    guard let shape, let offsets, offsets.count == 2, 0 <= offsets[0], offsets[0] <= offsets[1],
      offsets[1] <= data.count
    else { throw damage }
    let bytes = data[(data.startIndex + offsets[0])..<(data.startIndex + offsets[1])]
    let numbers: FixtureTensor.Numbers
    switch member.value["dtype"]?.stringValue {
    case "F32": numbers = .floats(words(bytes).map { Float(bitPattern: $0) })
    case "F64": numbers = .doubles(words(bytes).map { Double(bitPattern: $0) })
    case "I32": numbers = .integers(words(bytes).map { Int32(bitPattern: $0) })
    default: throw damage
    }
    let tensor = FixtureTensor(shape: shape, numbers: numbers)
    guard tensor.count == shape.reduce(1, *) else { throw damage }
    return tensor
  }

  /// Little-endian words.
  private static func words<Word: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> [Word] {
    let size = MemoryLayout<Word>.size
    return stride(from: bytes.startIndex, to: bytes.endIndex - size + 1, by: size).map { start in
      bytes[start..<(start + size)].reversed().reduce(0) { $0 << 8 | Word(truncatingIfNeeded: $1) }
    }
  }
}
