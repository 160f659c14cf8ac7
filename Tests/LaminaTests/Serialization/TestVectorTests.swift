import Testing

@testable import Lamina

@Suite struct TestVectorTests {
  /// A weights file whose metadata and numbers can be changed.
  private struct File {
    var header: SafetensorsHeader
    var data: [UInt8]

    init(_ model: Model) throws {
      let bytes = try model.encoded()
      header = try safetensorsHeader(of: bytes)
      data = Array(bytes.suffix(header.entries.last?.range.upperBound ?? 0))
    }

    var bytes: [UInt8] { header.encoded() + data }

    var vector: String? { header.metadata.first { $0.key == "test_vector" }?.value }

    mutating func set(_ key: String, _ value: String?) {
      header.metadata.removeAll { $0.key == key }
      if let value { header.metadata.append(Metadata(key: key, value: value)) }
    }

    /// As files from before there was one have it.
    mutating func removeChecksum() throws {
      let json = try JSON(parsing: #require(vector))
      let outputs = try #require(json["outputs"])
      set("test_vector", #"{"pattern":1,"outputs":\#(outputs.text)}"#)
    }

    /// Each output's numbers.
    func outputs() throws -> [[Float]] {
      let json = try JSON(parsing: #require(vector))
      #expect(json["pattern"] == .integer(1))
      let lists = try #require(json["outputs"]?.arrayValue)
      return lists.map { list in
        (list.arrayValue ?? []).compactMap { $0.numberValue.map { Float($0) } }
      }
    }
  }

  private func model(_ activation: ActivationFunction = .linear) throws -> Sequential {
    let model = try Sequential(seed: 4) {
      Dense(6, activation: .relu, inputShape: [4])
      Dense(3, activation: activation, name: "scores")
    }
    model.preprocessing = Preprocessing(recipe: nil, divisor: 100)
    return model
  }

  /// The pattern as docs/file-format.md gives it.
  private let pattern: [Float] = [158, 60, 218, 120, 23, 181, 83, 241]

  @Test func fileHoldsTheOutputsOfThePattern() throws {
    let model = try model()
    let sample = try Tensor(shape: [1, 4], elements: pattern[..<4].map { $0 / 100 })
    let outputs = try File(model).outputs()
    try #require(outputs.count == 1)
    expectClose(outputs[0], try model.predict(sample).elements)
    // Without a divisor the sample's numbers are from 0 to 1.
    model.preprocessing = nil
    let unit = try Tensor(shape: [1, 4], elements: pattern[..<4].map { $0 / 255 })
    expectClose(try File(model).outputs()[0], try model.predict(unit).elements)
  }

  @Test func patternGoesOnFromInputToInput() throws {
    let model = try branchedModel()
    let samples = try [pattern[..<4], pattern[4...]].map {
      try Tensor(shape: [1, 4], elements: $0.map { $0 / 255 })
    }
    let outputs = try File(model).outputs()
    let expected = try model.predict(samples)
    try #require(outputs.count == 2)
    for (numbers, tensor) in zip(outputs, expected) { expectClose(numbers, tensor.elements) }
    _ = try Model.load(encoded: model.encoded())
  }

  @Test func eachChangedWeightIsRefused() throws {
    // Behind relus that no sample wakes the outputs say nothing.
    let model = try model()
    try model.setValues(
      of: "dense/bias", to: Tensor(shape: [6], elements: [Float](repeating: -1000, count: 6)))
    let file = try File(model)
    for entry in file.header.entries {
      for place in stride(from: entry.range.lowerBound, to: entry.range.upperBound, by: 4) {
        var changed = file
        changed.data[place] ^= 1
        expectError(.format, "not those of the file's test vector: their CRC-32 is ") {
          _ = try Model.load(encoded: changed.bytes)
        }
      }
    }
    _ = try Model.load(encoded: file.bytes)
  }

  @Test func checksumIsThatOfZlib() throws {
    let file = try File(model())
    let json = try JSON(parsing: #require(file.vector))
    // Bit by bit, as RFC 1952 defines it.
    var sum = UInt32.max
    for byte in file.data {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    #expect(json["crc32"] == .integer(Int(~sum)))
  }

  @Test func weightsThatGiveSomethingElseAreRefused() throws {
    var file = try File(model())
    try file.removeChecksum()
    let entry = try #require(file.header.entries.first { $0.name == "scores/bias" })
    // The highest bits of the bias: 0 becomes 0.5.
    file.data[entry.range.lowerBound + 3] = 0x3F
    expectError(.format, "do not reproduce the file's test vector: scores should give", "number 0")
    {
      _ = try Model.load(encoded: file.bytes)
    }
    let folder = try TemporaryFolder()
    let path = try folder.write(file.bytes, to: "model")
    expectError(.format, "\(path): the weights do not reproduce") { _ = try Model.load(path) }
    file.set("test_vector", nil)
    #expect(try Model.load(encoded: file.bytes).values(of: "scores/bias")?.elements == [0.5, 0, 0])
  }

  @Test func whatTheNetworkIsUsedWithIsTestedToo() throws {
    var file = try File(model())
    file.set("preprocessing", #"{"divisor":255}"#)
    expectError(.format, "test vector") { _ = try Model.load(encoded: file.bytes) }
    file = try File(model())
    let config = try #require(file.header.metadata.first { $0.key == "config" }?.value)
    file.set("config", config.split(separator: "\"relu\"").joined(separator: "\"tanh\""))
    expectError(.format, "test vector") { _ = try Model.load(encoded: file.bytes) }
  }

  @Test func numbersMayDifferByRounding() throws {
    let largest: Float = 40
    var file = try File(model())
    let entry = try #require(file.header.entries.first { $0.name == "scores/bias" })
    let model = try model()
    for (change, isRefused) in [(Float(0), false), (0.003, false), (0.006, true)] {
      try model.setValues(of: "scores/bias", to: Tensor(shape: [3], elements: [largest, 0, 0]))
      file.set("test_vector", try File(model).vector)
      try file.removeChecksum()
      let changed = try Model.load(encoded: File(model).bytes)
      try changed.setValues(
        of: "scores/bias", to: Tensor(shape: [3], elements: [largest, change, 0]))
      file.data.replaceSubrange(entry.range, with: try File(changed).data[entry.range])
      if isRefused {
        expectError(.format, "number 1") { _ = try Model.load(encoded: file.bytes) }
      } else {
        _ = try Model.load(encoded: file.bytes)
      }
    }
  }

  @Test func eachSaveMakesItAnew() throws {
    let model = try Model.load(encoded: model().encoded())
    let before = try File(model).vector
    try model.setValues(of: "scores/bias", to: Tensor(shape: [3], elements: [1, 2, 3]))
    let file = try File(model)
    #expect(file.vector != before)
    #expect(file.header.metadata.filter { $0.key == "test_vector" }.count == 1)
    #expect(try Model.load(encoded: file.bytes).weightBits == model.weightBits)
  }

  @Test func filesWithoutOneLoad() throws {
    let model = try Model.load(encoded: WeightsFile.sound.bytes)
    #expect(try File(model).vector != nil)
  }

  @Test func networksOfManyNumbersHaveNone() throws {
    #expect(try File(Sequential { Dense(1, inputShape: [65_536]) }).vector != nil)
    #expect(try File(Sequential { Dense(1, inputShape: [65_537]) }).vector == nil)
    #expect(try File(Sequential { Dense(4097, inputShape: [1]) }).vector == nil)
    // Ten thousand times ten thousand numbers, or products, between small ends.
    let wide = try Sequential {
      ZeroPadding2D(padding: 5000, inputShape: [1, 1, 1])
      GlobalMaxPooling2D()
    }
    #expect(try File(wide).vector == nil)
    var file = try File(wide)
    file.set("test_vector", #"{"pattern":1,"outputs":[[7]]}"#)
    _ = try Model.load(encoded: file.bytes)
  }

  /// Small files that ask for much: their vector, which is wrong, is not computed.
  @Test func vectorsThatTakeLongAreNotReplayed() throws {
    let networks = try [
      // 65,536 windows of as many numbers.
      Sequential {
        MaxPooling2D(poolSize: 256, strides: 1, padding: .same, inputShape: [256, 256, 1])
        GlobalMaxPooling2D()
      },
      Sequential {
        AveragePooling2D(poolSize: 256, strides: 1, padding: .same, inputShape: [256, 256, 1])
        GlobalMaxPooling2D()
      },
      Sequential {
        DepthwiseConv2D(kernelSize: 129, padding: .same, inputShape: [256, 256, 1])
        GlobalMaxPooling2D()
      },
      // The image is repeated for each of 1,024 kernels, of which it has one place.
      Sequential {
        DepthwiseConv2D(
          kernelSize: 1, strides: 256, depthMultiplier: 1024, inputShape: [256, 256, 1])
        GlobalMaxPooling2D()
      },
      // A hundred times four million numbers.
      repeatedlyRead(),
    ]
    for network in networks {
      var file = try File(network)
      #expect(file.vector == nil, "\(network.configuration.text)")
      let numbers = [String](repeating: "7e7", count: network.outputShapes[0].dimensions[0])
      let list = numbers.joined(separator: ",")
      file.set("test_vector", "{\"pattern\":1,\"outputs\":[[\(list)]]}")
      _ = try Model.load(encoded: file.bytes)
    }
  }

  private func repeatedlyRead() throws -> Model {
    let image = Input([1, 1, 1])
    let wide = ZeroPadding2D(padding: 1000)(image)
    let maxima = (0..<100).map { _ in GlobalMaxPooling2D()(wide) }
    return try Model(inputs: [image], outputs: [Add()(maxima)])
  }

  @Test func outputsThatSayNothingAreLeftOut() throws {
    for value in [Float.nan, .infinity] {
      let model = try model()
      try model.setValues(of: "scores/bias", to: Tensor(shape: [3], elements: [value, 0, 0]))
      let file = try File(model)
      #expect(file.vector == nil)
      #expect(try Model.load(encoded: file.bytes).weightBits == model.weightBits)
    }
    // Two products of nine billion, whose difference is rounding alone.
    let model = try Sequential { Dense(1, activation: .tanh, inputShape: [2], name: "edge") }
    try model.setValues(of: "edge/kernel", to: Tensor(shape: [2, 1], elements: [60e6, -158e6]))
    #expect(try File(model).vector == nil)
  }

  @Test func unknownPatternsAreSkipped() throws {
    var file = try File(model())
    file.set("test_vector", #"{"pattern":2,"outputs":"of another kind"}"#)
    _ = try Model.load(encoded: file.bytes)
  }

  @Test(arguments: [
    ("{", "metadata \"test_vector\": not JSON"),
    ("7", "\"pattern\" is missing"),
    (#"{"outputs":[[0,0,0]]}"#, "\"pattern\" is missing"),
    (#"{"pattern":"1","outputs":[[0,0,0]]}"#, "\"pattern\" should be an integer"),
    (#"{"pattern":1,"outputs":[[0,0,0]],"crc32":-1}"#, "\"crc32\" should be a number of 32 bits"),
    (#"{"pattern":1,"outputs":[[0,0,0]],"crc32":"0"}"#, "\"crc32\" should be an integer"),
    (#"{"pattern":1}"#, "should have lists of 3 numbers, got "),
    (#"{"pattern":1,"outputs":[[0,0]]}"#, "lists of 3 numbers, got 2"),
    (#"{"pattern":1,"outputs":[[0,0,0],[]]}"#, "got 3, 0"),
    (#"{"pattern":1,"outputs":[0,0,0]}"#, "got 0, 0, 0"),
    (#"{"pattern":1,"outputs":[[0,"0",0]]}"#, "got 2"),
    (#"{"pattern":1,"outputs":[[0,1e300,0]]}"#, "lists of 3 numbers"),
  ])
  func damagedOnesAreErrors(text: String, fragment: String) throws {
    var file = try File(model())
    file.set("test_vector", text)
    expectError(.format, fragment) { _ = try Model.load(encoded: file.bytes) }
  }
}
