/// The weights file: safetensors, with configuration, preprocessing, labels and
/// training record in its metadata. docs/file-format.md describes it.
enum ModelFile {
  static let formatVersion = 1
  /// Tensors of this prefix hold a training's state; a reader that does not go
  /// on with it skips them.
  static let optimizerPrefix = "optimizer/"

  enum Key {
    static let formatVersion = "lamina_format_version"
    static let configuration = "config"
    static let preprocessing = "preprocessing"
    static let calibration = "calibration"
    static let labels = "labels"
    static let training = "training"
    static let trainingState = "training_state"
    static let testVector = "test_vector"
    static let all = [
      formatVersion, configuration, preprocessing, calibration, labels, training, trainingState,
      testVector,
    ]
  }
}

extension Model {
  /// Everything that the model is saved with besides its weights and what is made
  /// of them: the test vector.
  public var metadata: [Metadata] {
    var metadata = [
      Metadata(key: ModelFile.Key.formatVersion, value: "\(ModelFile.formatVersion)"),
      Metadata(key: ModelFile.Key.configuration, value: configuration.text),
    ]
    if let preprocessing {
      var members = [JSON.Member("divisor", .number(of: preprocessing.divisor))]
      if let recipe = preprocessing.recipe {
        members.insert(JSON.Member("recipe", .string(recipe.rawValue)), at: 0)
      }
      metadata.append(
        Metadata(key: ModelFile.Key.preprocessing, value: JSON.object(members).text))
    }
    if temperature != 1 {
      let json = JSON.object([JSON.Member("temperature", .number(of: temperature))])
      metadata.append(Metadata(key: ModelFile.Key.calibration, value: json.text))
    }
    if !labels.isEmpty {
      let json = JSON.array(labels.map { .string($0) })
      metadata.append(Metadata(key: ModelFile.Key.labels, value: json.text))
    }
    if let trainingRecord {
      metadata.append(Metadata(key: ModelFile.Key.training, value: trainingRecord))
    }
    return metadata + foreignMetadata
  }

  /// Writes the weights file, atomically: whatever happens, the old file or the
  /// new one is there, never a part.
  ///
  /// - Parameter includingOptimizer: whether the file also holds what
  ///   `restoreTraining` needs to go on with the training: the optimizer's
  ///   numbers, which may be twice as many as the weights, the steps and epochs
  ///   done, and the learning rate.
  /// - Throws: `.invalidArgument` before the model is built, where a name could
  ///   not be read again, or with the optimizer before `compile`; `.inputOutput`;
  ///   `.outOfMemory`. The message begins with the path.
  public func save(_ path: String, includingOptimizer: Bool = false) throws(LaminaError) {
    try save(path, training: includingOptimizer ? TrainingTensors(of: self) : nil)
  }

  func save(_ path: String, training: TrainingTensors?) throws(LaminaError) {
    let (header, tensors) = try encodedHeader(training)
    try replaceFile(at: path) { (file) throws(LaminaError) in
      try file.write(header)
      for tensor in tensors {
        try file.write(UnsafeRawBufferPointer(tensor.view.bytes))
      }
    }
  }

  /// Finds out, before a long training, whether `save` could write there; the
  /// file that may be there stays as it is.
  ///
  /// - Throws: `.inputOutput`
  public static func checkSavable(at path: String) throws(LaminaError) {
    try checkReplaceable(path)
  }

  /// The weights file's bytes; the same model gives the same bytes.
  ///
  /// - Parameter includingOptimizer: as for `save`.
  /// - Throws: `.invalidArgument` before the model is built, where a name could
  ///   not be read again, or with the optimizer before `compile`; `.outOfMemory`
  public func encoded(includingOptimizer: Bool = false) throws(LaminaError) -> [UInt8] {
    let training = includingOptimizer ? try TrainingTensors(of: self) : nil
    var (bytes, tensors) = try encodedHeader(training)
    bytes.reserveCapacity(bytes.count + 4 * tensors.reduce(0) { $0 + $1.variable.count })
    for tensor in tensors { bytes.append(contentsOf: tensor.view.bytes) }
    return bytes
  }

  /// What stands before the numbers, and the tensors that follow.
  private func encodedHeader(
    _ training: TrainingTensors?
  ) throws(LaminaError) -> (bytes: [UInt8], tensors: [StoredTensor]) {
    let (graph, store) = try built()
    var metadata = metadata
    if let training {
      let entry = Metadata(key: ModelFile.Key.trainingState, value: training.json.text)
      metadata.insert(entry, at: metadata.count - foreignMetadata.count)
    }
    if let vector = try TestVector(graph, store, preprocessing) {
      let entry = Metadata(key: ModelFile.Key.testVector, value: vector.json.text)
      metadata.insert(entry, at: metadata.count - foreignMetadata.count)
    }
    try checkReadable(metadata, classCount: graph.outputs[0].shape.dimensions.last ?? 0)
    var header = SafetensorsHeader(metadata: metadata)
    let tensors = store.tensors(of: graph) + (training?.tensors ?? [])
    for tensor in tensors {
      header.append(
        name: tensor.name, shape: tensor.variable.shape, count: tensor.variable.count)
    }
    let bytes = header.encoded()
    guard bytes.count - SafetensorsHeader.lengthSize <= SafetensorsHeader.maximumSize else {
      throw LaminaError(
        .invalidArgument,
        "\(name): the file's header would have \(bytes.count) bytes, "
          + "at most \(SafetensorsHeader.maximumSize) are allowed")
    }
    return (bytes, tensors)
  }

  /// What cannot be loaded is not saved, over an older file perhaps: labels,
  /// preprocessing and temperature may be anything, and names from outside may hold characters
  /// that the parser refuses.
  private func checkReadable(
    _ metadata: [Metadata], classCount: Int
  ) throws(LaminaError) {
    guard labels.isEmpty || labels.count == classCount else {
      throw LaminaError(
        .invalidArgument, "\(name): \(labels.count) labels for \(classCount) classes")
    }
    if let divisor = preprocessing?.divisor, !divisor.isFinite || divisor <= 0 {
      throw LaminaError(
        .invalidArgument, "\(name): the preprocessing's divisor is \(divisor), expected above 0")
    }
    try checkTemperature()
    let parsed = [
      ModelFile.Key.configuration, ModelFile.Key.labels, ModelFile.Key.trainingState,
    ]
    for entry in metadata where parsed.contains(entry.key) {
      do throws(LaminaError) {
        _ = try JSON(parsing: entry.value)
      } catch {
        throw LaminaError(.invalidArgument, "\(name): \(entry.key): \(error.message)")
      }
    }
  }
}

extension Model {
  /// The model that a weights file holds: a `Sequential` or a functional one. Of
  /// a training's state that the file may hold only the seed is taken; see
  /// `restoreTraining`.
  ///
  /// - Throws: `.inputOutput` where the file cannot be read; `.format` where it
  ///   is damaged, or the weights do not reproduce its test vector; `.unsupported` where it needs a newer version;
  ///   `.outOfMemory`. The message begins with the path.
  public static func load(_ path: String) throws(LaminaError) -> Model {
    do throws(LaminaError) {
      return try ModelFileContents(reading: ByteReader(path: path)).makeModel()
    } catch {
      throw error.at(path)
    }
  }

  /// The model that a weights file's bytes hold.
  public static func load(encoded bytes: Span<UInt8>) throws(LaminaError) -> Model {
    let contents = try bytes.withUnsafeBytes { (buffer) throws(LaminaError) in
      try ModelFileContents(reading: ByteReader(buffer))
    }
    return contents.makeModel()
  }

  /// The model that a weights file's bytes hold.
  public static func load(encoded bytes: [UInt8]) throws(LaminaError) -> Model {
    try load(encoded: bytes.span)
  }
}

extension ModelFileContents {
  fileprivate func makeModel() -> Model {
    let model = configuration.makeModel(seed: seed)
    model.install(graph, store)
    model.preprocessing = preprocessing
    model.temperature = temperature
    model.labels = labels
    model.trainingRecord = trainingRecord
    model.foreignMetadata = foreignMetadata
    return model
  }
}
