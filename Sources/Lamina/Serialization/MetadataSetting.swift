extension Model {
  /// Sets an entry of the `metadata` that the model is saved with: "labels",
  /// "preprocessing", "calibration" and "training" as JSON, as docs/file-format.md
  /// describes them, or one of the caller's own.
  ///
  /// ```swift
  /// try model.setMetadata("labels", to: #"["cat", "dog"]"#)
  /// ```
  /// - Parameter value: nil removes the entry.
  /// - Throws: `.format` or `.unsupported` where the value is not as it must be;
  ///   `.invalidArgument` where the key is one that follows from the model; `.busy`
  public func setMetadata(_ key: String, to value: String?) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, _) = try built()
    let header = SafetensorsHeader(
      metadata: value.map { [Metadata(key: key, value: $0)] } ?? [])
    switch key {
    case ModelFile.Key.labels:
      labels = try header.labels(classCount: graph.outputs[0].shape.dimensions.last ?? 0)
    case ModelFile.Key.preprocessing:
      preprocessing = try header.preprocessing()
    case ModelFile.Key.calibration:
      temperature = try header.temperature()
    case ModelFile.Key.training:
      guard try header.json(key).map({ $0.arrayValue != nil }) ?? true else {
        throw LaminaError(.format, "metadata \"\(key)\": expected a list, got \(value ?? "")")
      }
      trainingRecord = value
    case let known where ModelFile.Key.all.contains(known):
      throw LaminaError(
        .invalidArgument, "metadata \"\(key)\" follows from the model and cannot be set")
    default:
      foreignMetadata.removeAll { $0.key == key }
      if let value { foreignMetadata.append(Metadata(key: key, value: value)) }
    }
  }
}
