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
      metadata.append(Metadata(key: ModelFile.Key.training, value: trainingRecord.text))
    }
    return metadata + foreignMetadata
  }

  /// The weights file's bytes; the same model gives the same bytes.
  ///
  /// - Throws: `.invalidArgument` before the model is built, or where a name
  ///   could not be read again.
  public func encoded() throws(LaminaError) -> [UInt8] {
    let (graph, store) = try built()
    let metadata = metadata
    try checkReadable(metadata)
    var file = Safetensors(metadata: metadata)
    for variable in graph.variables {
      file.append(name: variable.name, shape: variable.shape, values: store.view(of: variable))
    }
    return file.encoded()
  }

  /// What cannot be loaded is not saved: names from outside may hold characters
  /// that the parser refuses.
  private func checkReadable(_ metadata: [Metadata]) throws(LaminaError) {
    for entry in metadata where ModelFile.Key.all.contains(entry.key) {
      do throws(LaminaError) {
        _ = try JSONParser.parse(Array(entry.value.utf8))
      } catch {
        throw LaminaError(.invalidArgument, "\(name): \(entry.key): \(error.message)")
      }
    }
  }

  /// Writes the weights file, atomically: whatever happens, the old file or the
  /// new one is there, never a part.
  ///
  /// - Throws: `.invalidArgument` before the model is built; `.inputOutput`
  public func save(_ path: String) throws(LaminaError) {
    try writeFile(encoded(), to: path)
  }
}

extension Sequential {
  /// The model that a weights file holds.
  ///
  /// - Throws: `.inputOutput` where the file cannot be read; `.format` where it
  ///   is damaged; `.unsupported` where it needs a newer version;
  ///   `.outOfMemory`. The message begins with the path.
  public convenience init(contentsOf path: String) throws(LaminaError) {
    do throws(LaminaError) {
      try self.init(encoded: readFile(path))
    } catch {
      throw error.at(path)
    }
  }

  /// The model that a weights file's bytes hold.
  public convenience init(encoded bytes: [UInt8]) throws(LaminaError) {
    let file = try Safetensors(parsing: bytes)
    let contents = try ModelFileContents(file)
    try self.init(
      contents.configuration.layers, name: contents.configuration.name)
    install(contents.graph, try contents.makeStore(from: file))
    preprocessing = contents.preprocessing
    labels = contents.labels
    trainingRecord = contents.trainingRecord
    foreignMetadata = contents.foreignMetadata
  }
}

/// What a file says, checked as a whole before memory for weights is asked for.
private struct ModelFileContents {
  let configuration: ModelConfiguration
  let graph: Graph
  let preprocessing: Preprocessing?
  let labels: [String]
  let trainingRecord: JSON?
  let foreignMetadata: [Metadata]

  init(_ file: Safetensors) throws(LaminaError) {
    try ModelFileContents.checkVersion(file)
    guard let config = try ModelFileContents.json(file, ModelFile.Key.configuration) else {
      throw LaminaError(.format, "the metadata has no \"\(ModelFile.Key.configuration)\"")
    }
    do throws(LaminaError) {
      configuration = try ModelConfiguration(config)
      graph = try Graph(chain: configuration.layers, inputShape: configuration.inputShape)
    } catch {
      // A configuration whose layers do not fit is a damaged file.
      throw error.kind == .invalidArgument ? LaminaError(.format, error.message) : error
    }
    try ModelFileContents.check(file, against: graph)
    preprocessing = try ModelFileContents.preprocessing(file)
    labels = try ModelFileContents.labels(file, classCount: graph.outputShape.dimensions.last ?? 0)
    trainingRecord = try ModelFileContents.json(file, ModelFile.Key.training)
    foreignMetadata = file.metadata.filter { !ModelFile.Key.all.contains($0.key) }
  }

  func makeStore(from file: Safetensors) throws(LaminaError) -> ParameterStore {
    let entries = ModelFileContents.entriesByName(file)
    let store = try ParameterStore(zerosFor: graph)
    for variable in graph.variables {
      guard let entry = entries[variable.name] else { continue }
      let start = file.data.startIndex + entry.range.lowerBound
      store.view(of: variable).assignLittleEndian(file.data[start..<start + entry.range.count])
    }
    return store
  }

  private static func entriesByName(_ file: Safetensors) -> [String: Safetensors.Entry] {
    var entries: [String: Safetensors.Entry] = [:]
    for entry in file.entries { entries[entry.name] = entry }
    return entries
  }

  private static func value(_ file: Safetensors, _ key: String) -> String? {
    for entry in file.metadata where entry.key == key { return entry.value }
    return nil
  }

  private static func json(_ file: Safetensors, _ key: String) throws(LaminaError) -> JSON? {
    guard let text = value(file, key) else { return nil }
    do throws(LaminaError) {
      return try JSONParser.parse(Array(text.utf8))
    } catch {
      throw error.at("metadata \"\(key)\"")
    }
  }

  private static func checkVersion(_ file: Safetensors) throws(LaminaError) {
    guard let text = value(file, ModelFile.Key.formatVersion) else {
      throw LaminaError(
        .format,
        "the metadata has no \"\(ModelFile.Key.formatVersion)\"; the file is not Lamina's")
    }
    guard let version = Int(text), version >= 1 else {
      throw LaminaError(.format, "format version \"\(text)\" is not a number from 1 on")
    }
    guard version <= ModelFile.formatVersion else {
      throw LaminaError(
        .unsupported,
        "format version \(version) is newer than \(ModelFile.formatVersion), the newest known here")
    }
  }

  /// Every variable is there with its shape, and nothing else is.
  private static func check(_ file: Safetensors, against graph: Graph) throws(LaminaError) {
    var entries = entriesByName(file)
    for variable in graph.variables {
      guard let entry = entries.removeValue(forKey: variable.name) else {
        throw LaminaError(
          .format, "\(variable.name) is missing; expected shape \(variable.shape)")
      }
      guard entry.shape == variable.shape else {
        throw LaminaError(
          .format,
          "\(variable.name) has shape \(entry.shape), the configuration needs \(variable.shape)")
      }
    }
    for entry in file.entries
    where entries[entry.name] != nil && !entry.name.hasPrefix(ModelFile.optimizerPrefix) {
      throw LaminaError(.format, "\(entry.name) belongs to no layer of the configuration")
    }
  }

  private static func preprocessing(_ file: Safetensors) throws(LaminaError) -> Preprocessing? {
    guard let json = try json(file, ModelFile.Key.preprocessing) else { return nil }
    let name = json["recipe"]?.stringValue ?? "(none)"
    guard let recipe = Preprocessing.Recipe(rawValue: name) else {
      throw LaminaError(.unsupported, "preprocessing recipe \"\(name)\"; known: mnist")
    }
    guard let divisor = json["divisor"]?.numberValue, Float(divisor).isFinite, Float(divisor) > 0
    else {
      throw LaminaError(
        .format, "the preprocessing's divisor should be a number above 0, got \(json.text)")
    }
    return Preprocessing(recipe: recipe, divisor: Float(divisor))
  }

  private static func labels(
    _ file: Safetensors, classCount: Int
  ) throws(LaminaError) -> [String] {
    guard let json = try json(file, ModelFile.Key.labels) else { return [] }
    let labels = json.arrayValue?.compactMap { $0.stringValue } ?? []
    guard labels.count == classCount, labels.count == json.arrayValue?.count else {
      throw LaminaError(
        .format, "expected \(classCount) labels, one a class, got \(json.text)")
    }
    return labels
  }
}
