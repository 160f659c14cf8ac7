import Testing

@testable import Lamina

@Suite struct ModelFileTrainingDamageTests {
  /// A file in parts that can be damaged.
  private struct File {
    var header: SafetensorsHeader
    var data: [UInt8]

    init(_ bytes: [UInt8]) throws {
      header = try safetensorsHeader(of: bytes)
      data = Array(bytes.suffix(header.entries.last?.range.upperBound ?? 0))
    }

    var bytes: [UInt8] { header.encoded() + data }

    mutating func edit(_ name: String, _ change: (inout SafetensorsHeader.Entry) -> Void) {
      for index in header.entries.indices where header.entries[index].name == name {
        change(&header.entries[index])
      }
    }

    var state: String {
      get { header.metadata.first { $0.key == "training_state" }?.value ?? "" }
      set {
        for index in header.metadata.indices where header.metadata[index].key == "training_state" {
          header.metadata[index].value = newValue
        }
      }
    }

    mutating func replace(_ old: String, _ new: String) throws {
      let parts = state.split(separator: old, omittingEmptySubsequences: false)
      try #require(parts.count > 1, "the state has no \(old): \(state)")
      state = parts.joined(separator: new)
    }
  }

  private func model(_ optimizer: any Optimizer = Adam(learningRate: 0.25)) throws -> Sequential {
    let model = try BackedUpTraining.makeModel(optimizer)
    try model.fit(clusters(50), batchSize: 8, epochs: 2)
    return model
  }

  private func file() throws -> File { try File(model().encoded(includingOptimizer: true)) }

  /// Expects an error, and a model that is as it was.
  private func expectRefused(
    _ bytes: [UInt8], _ kind: LaminaError.Kind, _ fragment: String,
    optimizer: any Optimizer = Adam(), sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let model = try BackedUpTraining.makeModel(optimizer)
    let before = try model.encoded(includingOptimizer: true)
    expectError(kind, fragment, sourceLocation: sourceLocation) {
      try model.restoreTraining(encoded: bytes)
    }
    #expect(
      try model.encoded(includingOptimizer: true) == before, sourceLocation: sourceLocation)
  }

  @Test func soundFileIsTaken() throws {
    let file = try file()
    let model = try BackedUpTraining.makeModel(Adam())
    try model.restoreTraining(encoded: file.bytes)
    #expect(model.stepCount == 14)
  }

  @Test func truncatedFilesAreRefused() throws {
    let bytes = try file().bytes
    let model = try BackedUpTraining.makeModel(Adam())
    let before = try model.encoded(includingOptimizer: true)
    for count in stride(from: 0, to: bytes.count, by: 37) {
      #expect(throws: LaminaError.self) {
        try model.restoreTraining(encoded: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: LaminaError.self) { try model.restoreTraining(encoded: bytes + [0]) }
    #expect(try model.encoded(includingOptimizer: true) == before)
  }

  @Test func tensorsMustFit() throws {
    let name = "optimizer/velocity/dense/kernel"
    var file = try file()
    file.edit(name) { $0.name = "optimizer/velocity/dense/colonel" }
    try expectRefused(file.bytes, .format, "\(name) is missing; expected shape [4, 6]")
    file = try self.file()
    file.edit(name) { $0.shape = [6, 4] }
    try expectRefused(file.bytes, .format, "\(name) has shape [6, 4], the model needs [4, 6]")
    file = try self.file()
    file.edit(name) { $0.dtype = "I32" }
    try expectRefused(file.bytes, .unsupported, "\(name): expected dtype F32, got I32")
    file = try self.file()
    file.edit("dense/kernel") { $0.shape = [24] }
    try expectRefused(file.bytes, .format, "dense/kernel has shape [24], the model needs [4, 6]")
  }

  @Test func otherOptimizersAreRefused() throws {
    let bytes = try file().bytes
    for optimizer in [SGD(), AdamW(), Nadam()] as [any Optimizer] {
      try expectRefused(
        bytes, .invalidArgument,
        "the training's optimizer is Adam, the model is compiled with \(optimizer.className)",
        optimizer: optimizer)
    }
    let plain = try model(SGD()).encoded(includingOptimizer: true)
    try expectRefused(
      plain, .format, "optimizer/momentum/dense/kernel is missing", optimizer: SGD(momentum: 0.9))
  }

  @Test func filesWithoutAStateAreRefused() throws {
    try expectRefused(
      model().encoded(), .invalidArgument, "the file holds no training's state")
  }

  @Test func statesMustSayEverything() throws {
    for (old, new, problem) in [
      ("\"step\":14", "\"step\":-1", "\"step\" should be an integer from 0"),
      ("\"step\":14", "\"step\":9223372036854775807", "\"step\" should be an integer from 0"),
      ("\"step\":14", "\"step\":1.5", "\"step\" should be an integer"),
      ("\"step\":14", "\"steps\":14", "\"step\" is missing"),
      ("\"epoch\":2", "\"epoch\":null", "\"epoch\" should be an integer"),
      ("\"learning_rate\":0.25,\"seed\"", "\"learning_rate\":-1,\"seed\"", "\"learning_rate\""),
      ("\"learning_rate\":0.25,\"seed\"", "\"learning_rate\":1e300,\"seed\"", "\"learning_rate\""),
      ("\"learning_rate\":0.25,\"seed\"", "\"learning_rate\":\"x\",\"seed\"", "\"learning_rate\""),
      ("\"seed\":\"7\"", "\"seed\":7", "\"seed\" should be a number in quotes"),
      ("\"seed\":\"7\"", "\"seed\":\"-7\"", "\"seed\" should be a number in quotes"),
      ("\"epoch\":2", "\"epoch\":2,\"fit\":{}", "\"first_step\" is missing"),
      ("\"epoch\":2", "\"epoch\":2,\"fit\":7", "\"first_step\" is missing"),
      ("}", "", "metadata \"training_state\": not JSON"),
    ] {
      var file = try file()
      try file.replace(old, new)
      try expectRefused(file.bytes, .format, problem)
    }
    var file = try file()
    file.state = "[]"
    try expectRefused(file.bytes, .invalidArgument, "the training's optimizer is (none)")
  }

  @Test func damagedPositionsOfABackupAreRefused() throws {
    let folder = try TemporaryFolder()
    var training = BackedUpTraining(frequency: .batches(1))
    training.breaker = BackedUpTraining.Breaker(after: 45, isFirst: false)
    expectError(.inputOutput, "broken off") { try training.run(in: folder.url.path) }
    training.breaker = nil
    let sound = try File(folder.bytes("backup"))
    for (old, new, problem) in [
      ("\"batch\":", "\"batch\":-", "\"batch\" should be an integer from 0"),
      ("\"taken\":", "\"taken\":1", "the training was at sample"),
      ("\"scores\":[", "\"scores\":[1.5,", "sums of the loss and the metrics, got"),
      ("\"scores\":[", "\"scores\":[true,", "\"scores\" should be numbers"),
      ("\"history\":[", "\"history\":[7,", "expected an epoch and its values, got 7"),
      ("\"history\":[", "\"history\":[[0,1,0,[[\"a\"]]],", "expected a name and a number, got"),
      ("\"callbacks\":[", "\"callbacks\":[7,", "\"callbacks\" should be objects"),
      ("\"callbacks\":[{", "\"callbacks\":[{\"values\":{},\"has_weights\":true},{", "is missing"),
      ("\"wait\":", "\"wait\":-1", "\"wait\" should be an integer from 0"),
      ("\"class_name\":\"EarlyStopping\"", "\"class_name\":\"Other\"", "state of EarlyStopping"),
      ("\"columns\":[", "\"columns\":[1,", "\"columns\" should be strings"),
      ("\"length\":", "\"length\":-", "\"length\" should be an integer from 0"),
    ] {
      var file = sound
      try file.replace(old, new)
      _ = try folder.write(file.bytes, to: "backup")
      let error = #expect(throws: LaminaError.self) { try training.run(in: folder.url.path) }
      #expect(error?.message.contains(problem) == true, "\(new): \(error?.message ?? "")")
    }
    _ = try folder.write(sound.bytes, to: "backup")
    #expect(try training.run(in: folder.url.path).history.epochs.count > 0)
  }

  @Test func plainLoadSkipsWhatItDoesNotTrust() throws {
    var file = try file()
    let sound = try Model.load(encoded: file.bytes)
    file.state = "not JSON"
    file.edit("optimizer/velocity/dense/kernel") {
      $0.name = "optimizer/whatever"
      $0.dtype = "BOOL"
    }
    #expect(try Model.load(encoded: file.bytes).weightBits == sound.weightBits)
    #expect(try Model.load(encoded: file.bytes).encoded() == sound.encoded())
  }

  @Test func slotsOfNamesThatMeetOthersAreNotSaved() throws {
    for slots in [["callbacks"], ["a", "a"], ["a/b"]] {
      let model = try smallModel()
      try model.compile(
        optimizer: OddSlots(slots), loss: .sparseCategoricalCrossentropy(fromLogits: true))
      expectError(.invalidArgument, "odd: a file cannot hold the slot") {
        _ = try model.encoded(includingOptimizer: true)
      }
    }
  }

  /// An optimizer whose slots have such names.
  private final class OddSlots: Optimizer {
    let className = "Odd"
    let name = "odd"
    let configuration: [JSON.Member] = []
    let learningRate: LearningRate = 0.1
    let weightDecay: WeightDecay? = nil
    let clipping: GradientClipping? = nil
    let slots: [OptimizerSlot]

    init(_ names: [String]) { slots = names.map { OptimizerSlot($0) } }

    func update(_ step: OptimizerStep) {}
  }
}
