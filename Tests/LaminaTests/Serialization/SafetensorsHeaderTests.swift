import Testing

@testable import Lamina

@Suite struct SafetensorsHeaderTests {
  @Test func tensorsAndStringsComeBack() throws {
    let strings = [
      Metadata(key: "b", value: "é😀\"\\\n"), Metadata(key: "a", value: ""),
    ]
    var header = SafetensorsHeader(metadata: strings)
    header.append(name: "z/kernel", shape: [5, 4, 3], count: 60)
    header.append(name: "a", shape: [], count: 1)
    header.append(name: "none", shape: [0], count: 0)
    let bytes = header.encoded()
    #expect(bytes == header.encoded())
    let again = try safetensorsHeader(of: bytes + [UInt8](repeating: 7, count: 244))
    #expect(again.metadata == strings)
    #expect(again.entries == header.entries)
    #expect(again.entries.map { $0.range } == [0..<240, 240..<244, 244..<244])
  }

  @Test func dataBeginAtAMultipleOfEight() throws {
    for length in 0..<9 {
      let note = Metadata(key: "note", value: String(repeating: "x", count: length))
      let bytes = SafetensorsHeader(metadata: [note]).encoded()
      #expect(bytes.count % 8 == 0)
      #expect(try safetensorsHeader(of: bytes).metadata == [note])
    }
  }

  @Test func orderInTheHeaderDoesNotMatter() throws {
    var file = WeightsFile.sound
    file.tensors.swapAt(0, 1)
    let entries = try safetensorsHeader(of: file.bytes).entries
    #expect(entries.map { $0.name } == ["dense/kernel", "dense/bias"])
  }

  @Test func spacesAndFurtherKeysAreAllowed() throws {
    let header = #"{ "t" : {"shape":[1], "dtype":"F32", "data_offsets":[0, 4], "x":1} }    "#
    let file = try safetensorsHeader(
      of: WeightsFile.bytes(header: header, data: [0, 0, 0x80, 0x3F]))
    #expect(file.entries.map { $0.name } == ["t"])
    #expect(file.metadata.isEmpty)
  }
}

/// The header of a file that lies in memory.
func safetensorsHeader(of bytes: [UInt8]) throws(LaminaError) -> SafetensorsHeader {
  try bytes.withUnsafeBufferPointer { (buffer) throws(LaminaError) in
    try SafetensorsHeader(reading: ByteReader(UnsafeRawBufferPointer(buffer)))
  }
}
