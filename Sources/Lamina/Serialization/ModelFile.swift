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
    static let labels = "labels"
    static let training = "training"
    static let all = [formatVersion, configuration, preprocessing, labels, training]
  }
}

extension Model {
  /// Everything that the model is saved with besides its weights.
  public var metadata: [Metadata] {
    var metadata = [
      Metadata(key: ModelFile.Key.formatVersion, value: "\(ModelFile.formatVersion)"),
      Metadata(key: ModelFile.Key.configuration, value: configuration.text),
    ]
    if let preprocessing {
      let json = JSON.object([
        JSON.Member("recipe", .string(preprocessing.recipe.rawValue)),
        JSON.Member("divisor", .number(of: preprocessing.divisor)),
      ])
      metadata.append(Metadata(key: ModelFile.Key.preprocessing, value: json.text))
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
  /// - Throws: `.invalidArgument` before the model is built, or where a name
  ///   could not be read again; `.inputOutput`. The message begins with the path.
  public func save(_ path: String) throws(LaminaError) {
    let header = try encodedHeader()
    let (graph, store) = try built()
    try replaceFile(at: path) { (file) throws(LaminaError) in
      try file.write(header)
      for variable in graph.variables {
        try file.write(UnsafeRawBufferPointer(store.view(of: variable).bytes))
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
  /// - Throws: `.invalidArgument` before the model is built, or where a name
  ///   could not be read again.
  public func encoded() throws(LaminaError) -> [UInt8] {
    var bytes = try encodedHeader()
    let (graph, store) = try built()
    bytes.reserveCapacity(bytes.count + 4 * graph.parameterCount)
    for variable in graph.variables { bytes.append(contentsOf: store.view(of: variable).bytes) }
    return bytes
  }

  private func encodedHeader() throws(LaminaError) -> [UInt8] {
    let (graph, _) = try built()
    let metadata = metadata
    try checkReadable(metadata, classCount: graph.outputs[0].shape.dimensions.last ?? 0)
    var header = SafetensorsHeader(metadata: metadata)
    for variable in graph.variables {
      header.append(name: variable.name, shape: variable.shape, count: variable.count)
    }
    let bytes = header.encoded()
    guard bytes.count - SafetensorsHeader.lengthSize <= SafetensorsHeader.maximumSize else {
      throw LaminaError(
        .invalidArgument,
        "\(name): the file's header would have \(bytes.count) bytes, "
          + "at most \(SafetensorsHeader.maximumSize) are allowed")
    }
    return bytes
  }

  /// What cannot be loaded is not saved, over an older file perhaps: labels and
  /// preprocessing may be anything, and names from outside may hold characters
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
    for entry in metadata
    where entry.key == ModelFile.Key.configuration || entry.key == ModelFile.Key.labels {
      do throws(LaminaError) {
        _ = try JSON(parsing: entry.value)
      } catch {
        throw LaminaError(.invalidArgument, "\(name): \(entry.key): \(error.message)")
      }
    }
  }
}

extension Model {
  /// The model that a weights file holds: a `Sequential` or a functional one.
  ///
  /// - Throws: `.inputOutput` where the file cannot be read; `.format` where it
  ///   is damaged; `.unsupported` where it needs a newer version;
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
    let model = configuration.makeModel(seed: 0)
    model.install(graph, store)
    model.preprocessing = preprocessing
    model.labels = labels
    model.trainingRecord = trainingRecord
    model.foreignMetadata = foreignMetadata
    return model
  }
}
