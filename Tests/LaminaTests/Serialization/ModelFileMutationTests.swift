import Testing

@testable import Lamina

/// Whatever a file's bytes are, it loads or is refused: nothing crashes.
@Suite struct ModelFileMutationTests {
  /// Loads the bytes, and uses the model where they are one.
  private func use(_ bytes: [UInt8]) throws -> Model? {
    let model: Model
    do throws(LaminaError) {
      model = try Model.load(encoded: bytes)
    } catch {
      #expect(error.kind == .format || error.kind == .unsupported, "\(error)")
      #expect(!error.message.isEmpty)
      return nil
    }
    let (graph, _) = try model.built()
    // Neither a summary nor a prediction of any size that loads may fail.
    #expect(!model.summary().isEmpty)
    let inputCount = graph.inputs[0].count
    if inputCount < 1000 {
      let sample = [UInt8](repeating: 1, count: inputCount)
      let probabilities = try Session(model, maximumBatch: 1).probabilities(of: sample)
      #expect(probabilities.count == graph.outputs[0].count)
    }
    #expect(try Model.load(encoded: model.encoded()).weightBits == model.weightBits)
    return model
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = WeightsFile.sound.bytes
    #expect(try use(bytes) != nil)
    for length in bytes.indices { #expect(try use(Array(bytes[..<length])) == nil) }
    let longer = bytes + [0]
    #expect(try use(longer) == nil)
  }

  @Test(arguments: 0..<8)
  func randomDamageLoadsOrIsRefused(seed: UInt64) throws {
    let sound = WeightsFile.sound.bytes
    var generator = SeededGenerator(seed: 1000 + seed)
    var refused = 0
    for _ in 0..<1000 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, &generator) }
      if try use(bytes) == nil { refused += 1 }
    }
    // Some only change weights, labels or what is ignored.
    #expect(refused > 500 && refused < 1000)
  }

  /// Damages of the header's text hit JSON more often than bytes at random.
  @Test(arguments: 0..<8)
  func randomHeadersLoadOrAreRefused(seed: UInt64) throws {
    let pieces = [
      "0", "-1", "1e9", "9223372036854775807", "4294967296", "null", "[]", "{}", "\"\"", "true",
      "[0,0]", "0.5", "\"F16\"", "[null]", "1e-320", "\"\\u0000\"", "[[[[]]]]",
    ]
    var generator = SeededGenerator(seed: 2000 + seed)
    for _ in 0..<500 {
      var file = WeightsFile.sound
      let piece = try #require(pieces.randomElement(using: &generator))
      // A number, somewhere in the configuration or in a tensor's description.
      if Bool.random(using: &generator) {
        let old = ["2", "3", "\"relu\"", "true", "[null,3]", "\"dense\"", "\"Dense\""]
        file.editConfiguration(try #require(old.randomElement(using: &generator)), piece)
      } else {
        let index = Int.random(in: 0..<2, using: &generator)
        var text = file.tensors[index].description
        let old = try #require(["2", "24", "\"F32\"", "[2]"].randomElement(using: &generator))
        text = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: piece)
        file.tensors[index].description = text
      }
      _ = try use(file.bytes)
    }
  }

  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let index = Int.random(in: bytes.indices, using: &generator)
    let end = min(bytes.count, index + Int.random(in: 1...20, using: &generator))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 1: bytes[index] = UInt8.random(in: 0...255, using: &generator)
    case 2: bytes.removeSubrange(index..<end)
    case 3: bytes.insert(contentsOf: bytes[index..<end], at: index)
    case 4: bytes.swapAt(index, Int.random(in: bytes.indices, using: &generator))
    default:
      // Another digit, quote or bracket, in the header most of the time.
      let letters = Array("0123456789-\"{}[],:".utf8)
      bytes[index] = letters.randomElement(using: &generator) ?? 0
    }
  }
}
