import CSystem

/// Labelled pictures in four IDX files that are named as MNIST's.
struct IDXDataset {
  /// What messages and the training record call the data.
  var name: String
  var classNames: [String]
  var preprocessing: Preprocessing

  /// Reads the four files of a folder.
  func load(
    from directory: String
  ) throws(LaminaError) -> (train: Dataset, test: Dataset) {
    (try load("train", from: directory), try load("t10k", from: directory))
  }

  /// Only the test set.
  func loadTest(from directory: String) throws(LaminaError) -> Dataset {
    try load("t10k", from: directory)
  }

  /// Where `make data` puts a data set's files.
  static func defaultDirectory(_ name: String) -> String {
    if let home = environment("LAMINA_DATA_HOME") { return home + "/" + name }
    if let cache = environment("XDG_CACHE_HOME") { return cache + "/lamina/" + name }
    return (environment("HOME") ?? ".") + "/.cache/lamina/" + name
  }

  private func load(_ prefix: String, from directory: String) throws(LaminaError) -> Dataset {
    let imagesPath = Self.existing("\(directory)/\(prefix)-images-idx3-ubyte")
    let labelsPath = Self.existing("\(directory)/\(prefix)-labels-idx1-ubyte")
    let images = try IDXFile(path: imagesPath)
    let labels = try IDXFile(path: labelsPath)
    guard images.shape.rank == 3 else {
      throw LaminaError(
        .format, "\(imagesPath): expected pictures, three axes; got shape \(images.shape)")
    }
    guard labels.shape == Shape([images.shape.dimensions[0]]) else {
      throw LaminaError(
        .format,
        "\(labelsPath): expected \(images.shape.dimensions[0]) labels, got shape \(labels.shape)")
    }
    return try Dataset(
      name: name, features: .uint8(images.bytes),
      sampleShape: Shape(Array(images.shape.dimensions.dropFirst())),
      labels: labels.bytes.map { Int32($0) }, classNames: classNames,
      preprocessing: preprocessing)
  }

  /// The path itself or, where only a compressed file is there, that one's.
  private static func existing(_ path: String) -> String {
    access(path, R_OK) != 0 && access(path + ".gz", R_OK) == 0 ? path + ".gz" : path
  }

  /// An environment variable's value, unless it is empty.
  private static func environment(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }
}
