import Testing

@testable import Lamina

@Suite struct SafetensorsTests {
  @Test func tensorsAndStringsComeBackToTheBit() throws {
    var generator = SeededGenerator(seed: 1)
    var bits = (0..<60).map { _ in
      Float(bitPattern: UInt32.random(in: 0 ... .max, using: &generator))
    }
    bits[0] = .nan
    bits[1] = .infinity
    bits[2] = -0.0
    let strings = [
      Metadata(key: "b", value: "é😀\"\\\n"), Metadata(key: "a", value: ""),
    ]
    var file = Safetensors(metadata: strings)
    file.append(name: "z/kernel", shape: [5, 4, 3], values: matrix(5, 12) { bits[$0] })
    file.append(name: "a", shape: [], values: matrix([42]))
    file.append(name: "none", shape: [0], values: matrix(0, 1))
    let bytes = file.encoded()
    #expect(bytes == file.encoded())
    let again = try Safetensors(parsing: bytes)
    #expect(again.metadata == strings)
    #expect(again.entries == file.entries)
    #expect(again.entries.map { $0.range } == [0..<240, 240..<244, 244..<244])
    let values = matrix(1, 60)
    values.assignLittleEndian(again.data[again.data.startIndex..<again.data.startIndex + 240])
    #expect(values.toArray().map { $0.bitPattern } == bits.map { $0.bitPattern })
  }

  @Test func dataBeginAtAMultipleOfEight() throws {
    for length in 0..<9 {
      let note = Metadata(key: "note", value: String(repeating: "x", count: length))
      let bytes = Safetensors(metadata: [note]).encoded()
      #expect(bytes.count % 8 == 0)
      #expect(try Safetensors(parsing: bytes).metadata == [note])
    }
  }

  @Test func orderInTheHeaderDoesNotMatter() throws {
    var file = WeightsFile.sound
    file.tensors.swapAt(0, 1)
    let entries = try Safetensors(parsing: file.bytes).entries
    #expect(entries.map { $0.name } == ["dense/kernel", "dense/bias"])
  }

  @Test func spacesAndFurtherKeysAreAllowed() throws {
    let header = #"{ "t" : {"shape":[1], "dtype":"F32", "data_offsets":[0, 4], "x":1} }    "#
    let file = try Safetensors(
      parsing: WeightsFile.bytes(header: header, data: [0, 0, 0x80, 0x3F]))
    #expect(file.entries.map { $0.name } == ["t"])
    #expect(file.metadata.isEmpty)
  }
}
