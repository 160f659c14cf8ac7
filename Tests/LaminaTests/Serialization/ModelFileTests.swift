import Foundation
import Testing

@testable import Lamina

@Suite struct ModelFileTests {
  private func model() throws -> Sequential {
    let model = try compiledModel(seed: 3)
    model.labels = ["näh", "\"b\"", "😀"]
    model.preprocessing = Preprocessing(recipe: .mnist, divisor: 127.5)
    try model.fit(clusters(100), epochs: 2)
    return model
  }

  @Test func modelComesBackToTheBit() throws {
    let model = try model()
    let again = try Model.load(encoded: model.encoded())
    #expect(again.weightBits == model.weightBits)
    #expect(again.variableNames == model.variableNames)
    #expect(again.name == model.name)
    #expect(again.labels == model.labels)
    #expect(again.preprocessing == model.preprocessing)
    #expect(again.trainingRecord == model.trainingRecord)
    #expect(again.configuration == model.configuration)
    let batch = try clusters(30).batch()
    #expect(try again.predict(batch) == model.predict(batch))
  }

  @Test func divisorComesBackWithoutARecipe() throws {
    let model = try smallModel()
    model.preprocessing = Preprocessing(recipe: nil, divisor: 255)
    #expect(model.metadata.contains(Metadata(key: "preprocessing", value: #"{"divisor":255.0}"#)))
    #expect(try Model.load(encoded: model.encoded()).preprocessing == model.preprocessing)
  }

  @Test func sameModelGivesTheSameBytes() throws {
    let bytes = try model().encoded()
    #expect(try model().encoded() == bytes)
    #expect(try Model.load(encoded: bytes).encoded() == bytes)
  }

  @Test func notANumberAndInfinityComeBack() throws {
    let model = try smallModel()
    let values: [Float] = [.nan, -.infinity, Float(bitPattern: 0x7FA0_0001)]
    try model.setValues(of: "dense_1/bias", to: Tensor(shape: [3], elements: values))
    #expect(try Model.load(encoded: model.encoded()).weightBits == model.weightBits)
  }

  @Test func soundFileIsRead() throws {
    let model = try Model.load(encoded: WeightsFile.sound.bytes)
    #expect(model.values(of: "dense/kernel")?.elements == [0, 1, 2, 3, 4, 5])
    #expect(model.values(of: "dense/bias")?.elements == [6, 7])
    #expect(model.labels == ["no", "yes"])
    #expect(model.preprocessing == .mnist)
    #expect(model.name == "tiny")
    let outputs = try model.predict(Tensor(shape: [1, 3], elements: [1, 2, -10]))
    #expect(outputs.elements == [0, 0] && model.layers.count == 1)
  }

  @Test func unknownMetadataIsKept() throws {
    var file = WeightsFile.sound
    file.metadata.insert(("z note", WeightsFile.quoted("é\n")), at: 0)
    file.metadata.append(("author", WeightsFile.quoted("somebody")))
    let model = try Model.load(encoded: file.bytes)
    let bytes = try model.encoded()
    let metadata = try safetensorsHeader(of: bytes).metadata
    #expect(
      metadata.suffix(2) == [
        Metadata(key: "z note", value: "é\n"), Metadata(key: "author", value: "somebody"),
      ])
    #expect(metadata.map { $0.key }.prefix(2) == ["lamina_format_version", "config"])
    #expect(try Model.load(encoded: bytes).encoded() == bytes)
  }

  @Test func stateOfATrainingIsSkipped() throws {
    var file = WeightsFile.sound
    file.tensors.append(
      ("optimizer/momentum/dense/bias", #"{"dtype":"F32","shape":[2],"data_offsets":[32,40]}"#))
    file.data += [UInt8](repeating: 9, count: 8)
    let model = try Model.load(encoded: file.bytes)
    #expect(
      try model.weightBits == Model.load(encoded: WeightsFile.sound.bytes).weightBits)
  }

  @Test func stateOfATrainingMayHaveOtherTypes() throws {
    var file = WeightsFile.sound
    file.tensors.append(
      ("optimizer/step", #"{"dtype":"I64","shape":[],"data_offsets":[32,40]}"#))
    file.data += [UInt8](repeating: 9, count: 8)
    #expect(
      try Model.load(encoded: file.bytes).weightBits
        == Model.load(encoded: WeightsFile.sound.bytes).weightBits)
  }

  @Test func recordIsKeptAsItIs() throws {
    var file = WeightsFile.sound
    file.setMetadata("training", WeightsFile.quoted("1e999, or what you like"))
    #expect(try Model.load(encoded: file.bytes).trainingRecord == "1e999, or what you like")
  }

  @Test func filesOfUnknownLengthAreRead() throws {
    // A pipe does not tell how much will come.
    let folder = try TemporaryFolder()
    let path = folder.path("pipe")
    let sound = try Model.load(encoded: WeightsFile.sound.bytes)
    for (bytes, problem) in [
      (WeightsFile.sound.bytes, nil), (WeightsFile.sound.bytes.dropLast(), "ends after 7 of 8"),
      (WeightsFile.sound.bytes + [0], "bytes after the last tensor"),
    ] {
      try #require(mkfifo(path, 0o600) == 0)
      let writer = Thread {
        guard let file = FileHandle(forWritingAtPath: path) else { return }
        try? file.write(contentsOf: Data(bytes))
        try? file.close()
      }
      writer.start()
      if let problem {
        expectError(.format, problem) { _ = try Model.load(path) }
      } else {
        #expect(try Model.load(path).weightBits == sound.weightBits)
      }
      unlink(path)
    }
  }

  @Test func endlessFilesEndAtTheirHeader() {
    expectError(.format, "/dev/zero: the header does not begin with") {
      _ = try Model.load("/dev/zero")
    }
  }

  @Test func optionalPartsMayBeAbsent() throws {
    var file = WeightsFile.sound
    for key in ["labels", "preprocessing", "training"] { file.setMetadata(key, nil) }
    let model = try Model.load(encoded: file.bytes)
    #expect(model.labels.isEmpty && model.preprocessing == nil && model.trainingRecord == nil)
    #expect(model.metadata.map { $0.key } == ["lamina_format_version", "config"])
  }

  @Test func loadedModelsCanBeTrainedFurther() throws {
    let data = try clusters(100)
    let model = try Model.load(encoded: model().encoded())
    expectError(.invalidArgument, "compile") { try model.fit(data) }
    try model.compile(optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let before = model.weightBits
    try model.fit(data)
    #expect(model.weightBits != before)
  }

  @Test func networksWithoutWeightsAreSaved() throws {
    let model = try Sequential { Flatten(inputShape: [2, 3]) }
    let again = try Model.load(encoded: model.encoded())
    #expect(again.outputShape == [6] && again.parameterCount == 0)
  }

  @Test func modelMustBeBuilt() throws {
    let folder = try TemporaryFolder()
    expectError(.invalidArgument, "mine is not built") {
      try Sequential(name: "mine") { Dense(2) }.save(folder.path("model"))
    }
    #expect(try folder.names.isEmpty)
  }

  @Test func whatCouldNotBeLoadedIsNotSaved() throws {
    let model = try Sequential(name: "mine") { Dense(2, inputShape: [3]) }
    model.labels = ["a", "b", "c"]
    expectError(.invalidArgument, "mine: 3 labels for 2 classes") { _ = try model.encoded() }
    model.labels = []
    for divisor in [0, -1, .nan, .infinity] as [Float] {
      model.preprocessing = Preprocessing(recipe: .mnist, divisor: divisor)
      expectError(.invalidArgument, "mine: the preprocessing's divisor is \(divisor)") {
        _ = try model.encoded()
      }
    }
    let large = try Sequential {
      Flatten(inputShape: [1])
      for _ in 0..<130_000 { Dropout(0.5) }
    }
    expectError(.invalidArgument, "header would have", "at most 10000000 are allowed") {
      _ = try large.encoded()
    }
  }

  @Test func namesThatCouldNotBeReadAreNotSaved() throws {
    let model = try Sequential { Dense(2, inputShape: [3]) }
    model.labels = ["a", "b\0c"]
    expectError(.invalidArgument, "labels: not JSON: a zero character") {
      _ = try model.encoded()
    }
  }

  @Test func savedFileLoads() throws {
    let folder = try TemporaryFolder()
    let model = try model()
    try model.save(folder.path("model.safetensors"))
    #expect(try folder.names == ["model.safetensors"])
    #expect(try folder.bytes("model.safetensors") == model.encoded())
    let again = try Model.load(folder.path("model.safetensors"))
    #expect(again.weightBits == model.weightBits)
  }
}
