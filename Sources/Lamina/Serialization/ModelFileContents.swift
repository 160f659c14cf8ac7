/// What a weights file says. All of its header is checked before memory for
/// weights is asked for, and the numbers are read right into their places.
struct ModelFileContents {
  let configuration: ModelConfiguration
  let graph: Graph
  let store: ParameterStore
  let preprocessing: Preprocessing?
  let temperature: Float
  let labels: [String]
  let trainingRecord: String?
  let foreignMetadata: [Metadata]
  /// That of a training that the file keeps; 0 where it keeps none.
  let seed: UInt64

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
    temperature = try header.temperature()
    labels = try header.labels(classCount: graph.outputs[0].shape.dimensions.last ?? 0)
    trainingRecord = header.value(ModelFile.Key.training)
    foreignMetadata = header.metadata.filter { !ModelFile.Key.all.contains($0.key) }
    // The rest of a training's state is not looked at here, nor does it matter.
    seed = (try? header.json(ModelFile.Key.trainingState)).flatMap { SavedTraining.seed($0) } ?? 0
    store = try ParameterStore(zerosFor: graph)
    try header.read(store.tensors(of: graph), from: reader)
    try header.testVector(of: graph)?.check(graph, store, preprocessing)
  }
}

extension SafetensorsHeader {
  func value(_ key: String) -> String? {
    for entry in metadata where entry.key == key { return entry.value }
    return nil
  }

  func json(_ key: String) throws(LaminaError) -> JSON? {
    guard let text = value(key) else { return nil }
    do throws(LaminaError) {
      return try JSON(parsing: text)
    } catch {
      throw error.at("metadata \"\(key)\"")
    }
  }

  func checkVersion() throws(LaminaError) {
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
    var unused = try entriesByName()
    try require(graph.variables, owner: "the configuration", in: unused)
    for variable in graph.variables { unused.removeValue(forKey: variable.name) }
    for entry in entries
    where unused[entry.name] != nil && !entry.name.hasPrefix(ModelFile.optimizerPrefix) {
      throw LaminaError(.format, "\(entry.name) belongs to no layer of the configuration")
    }
  }

  func preprocessing() throws(LaminaError) -> Preprocessing? {
    guard let json = try json(ModelFile.Key.preprocessing) else { return nil }
    let name = json["recipe"]
    let recipe = name?.stringValue.flatMap { Preprocessing.Recipe(rawValue: $0) }
    if let name, recipe == nil {
      throw LaminaError(.unsupported, "preprocessing recipe \(name.text); known: mnist")
    }
    guard let divisor = json["divisor"]?.numberValue, Float(divisor).isFinite, Float(divisor) > 0
    else {
      throw LaminaError(
        .format, "the preprocessing's divisor should be a number above 0, got \(json.text)")
    }
    return Preprocessing(recipe: recipe, divisor: Float(divisor))
  }

  /// Nil where the file, as one from elsewhere, has none.
  fileprivate func testVector(of graph: Graph) throws(LaminaError) -> TestVector? {
    guard let json = try json(ModelFile.Key.testVector) else { return nil }
    return try TestVector(json: json, for: graph)
  }

  /// 1 where the file says nothing of it.
  func temperature() throws(LaminaError) -> Float {
    guard let json = try json(ModelFile.Key.calibration) else { return 1 }
    guard let number = json["temperature"]?.numberValue, Float(number).isFinite, Float(number) > 0
    else {
      throw LaminaError(
        .format, "the calibration's temperature should be a number above 0, got \(json.text)")
    }
    return Float(number)
  }

  func labels(classCount: Int) throws(LaminaError) -> [String] {
    guard let json = try json(ModelFile.Key.labels) else { return [] }
    let labels = json.arrayValue?.compactMap { $0.stringValue } ?? []
    guard labels.count == classCount, labels.count == json.arrayValue?.count else {
      throw LaminaError(
        .format, "expected \(classCount) labels, one a class, got \(json.text)")
    }
    return labels
  }
}
