/// What a weights file says. All of its header is checked before memory for
/// weights is asked for, and the numbers are read right into their places.
struct ModelFileContents {
  let configuration: ModelConfiguration
  let graph: Graph
  let store: ParameterStore
  let preprocessing: Preprocessing?
  let labels: [String]
  let trainingRecord: String?
  let foreignMetadata: [Metadata]

  /// - Throws: `.inputOutput`, `.format`, `.unsupported`, `.outOfMemory`
  init(reading reader: ByteReader) throws(LaminaError) {
    let header = try SafetensorsHeader(reading: reader)
    try header.checkVersion()
    guard let config = try header.json(ModelFile.Key.configuration) else {
      throw LaminaError(.format, "the metadata has no \"\(ModelFile.Key.configuration)\"")
    }
    configuration = try ModelConfiguration(config)
    graph = try configuration.makeGraph()
    try header.check(against: graph)
    preprocessing = try header.preprocessing()
    labels = try header.labels(classCount: graph.outputs[0].shape.dimensions.last ?? 0)
    trainingRecord = header.value(ModelFile.Key.training)
    foreignMetadata = header.metadata.filter { !ModelFile.Key.all.contains($0.key) }
    store = try ParameterStore(zerosFor: graph)
    try store.read(header.entries, of: graph, from: reader)
  }
}

extension SafetensorsHeader {
  fileprivate func value(_ key: String) -> String? {
    for entry in metadata where entry.key == key { return entry.value }
    return nil
  }

  fileprivate func json(_ key: String) throws(LaminaError) -> JSON? {
    guard let text = value(key) else { return nil }
    do throws(LaminaError) {
      return try JSON(parsing: text)
    } catch {
      throw error.at("metadata \"\(key)\"")
    }
  }

  fileprivate func checkVersion() throws(LaminaError) {
    guard let text = value(ModelFile.Key.formatVersion) else {
      throw LaminaError(
        .format,
        "the metadata has no \"\(ModelFile.Key.formatVersion)\"; the file is not Lamina's")
    }
    guard let version = Int(text), version >= 1, "\(version)" == text else {
      throw LaminaError(.format, "format version \"\(text)\" is not a number from 1 on")
    }
    guard version <= ModelFile.formatVersion else {
      throw LaminaError(
        .unsupported,
        "format version \(version) is newer than \(ModelFile.formatVersion), the newest known here")
    }
  }

  /// Every variable is there with its type and shape, and nothing else is.
  fileprivate func check(against graph: Graph) throws(LaminaError) {
    var unused: [String: Entry] = [:]
    for entry in entries where unused.updateValue(entry, forKey: entry.name) != nil {
      // The same characters, composed in another way.
      throw LaminaError(.format, "\(entry.name) is there twice")
    }
    for variable in graph.variables {
      guard let entry = unused.removeValue(forKey: variable.name) else {
        throw LaminaError(
          .format, "\(variable.name) is missing; expected shape \(variable.shape)")
      }
      guard entry.dtype == "F32" else {
        throw LaminaError(.unsupported, "\(entry.name): expected dtype F32, got \(entry.dtype)")
      }
      guard entry.shape == variable.shape else {
        throw LaminaError(
          .format,
          "\(entry.name) has shape \(entry.shape), the configuration needs \(variable.shape)")
      }
    }
    for entry in entries
    where unused[entry.name] != nil && !entry.name.hasPrefix(ModelFile.optimizerPrefix) {
      throw LaminaError(.format, "\(entry.name) belongs to no layer of the configuration")
    }
  }

  fileprivate func preprocessing() throws(LaminaError) -> Preprocessing? {
    guard let json = try json(ModelFile.Key.preprocessing) else { return nil }
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

  fileprivate func labels(classCount: Int) throws(LaminaError) -> [String] {
    guard let json = try json(ModelFile.Key.labels) else { return [] }
    let labels = json.arrayValue?.compactMap { $0.stringValue } ?? []
    guard labels.count == classCount, labels.count == json.arrayValue?.count else {
      throw LaminaError(
        .format, "expected \(classCount) labels, one a class, got \(json.text)")
    }
    return labels
  }
}

extension ParameterStore {
  /// Reads tensors in their order in the file; skips what is no variable.
  fileprivate func read(
    _ entries: [SafetensorsHeader.Entry], of graph: Graph, from reader: ByteReader
  ) throws(LaminaError) {
    var variables: [String: Graph.StoredVariable] = [:]
    for variable in graph.variables { variables[variable.name] = variable }
    for entry in entries {
      let count: Int
      if let variable = variables[entry.name] {
        count = try reader.read(into: view(of: variable).bytes)
      } else {
        count = try reader.skip(entry.range.count)
      }
      guard count == entry.range.count else {
        throw LaminaError(
          .format, "\(entry.name): the file ends after \(count) of \(entry.range.count) bytes")
      }
    }
    guard try reader.skip(1) == 0 else {
      throw LaminaError(.format, "bytes after the last tensor")
    }
  }
}
