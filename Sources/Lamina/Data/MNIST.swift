import CSystem

/// The digits of MNIST: 60,000 to train with and 10,000 to test with, 28x28
/// bytes each, light on black. Fashion-MNIST comes in the same files.
public enum MNIST {
  public static let classNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]

  /// Reads the four IDX files of a folder, plain or with ".gz".
  ///
  /// - Parameter directory: by default where `make data` puts them:
  ///   `$LAMINA_DATA_HOME/mnist`, else `$XDG_CACHE_HOME/lamina/mnist`, else
  ///   `~/.cache/lamina/mnist`.
  /// - Throws: `.inputOutput` where a file is missing, `.format` where one is
  ///   damaged or the files do not belong together.
  public static func load(
    from directory: String? = nil, name: String = "mnist", classNames: [String] = classNames
  ) throws(LaminaError) -> (train: Dataset, test: Dataset) {
    let directory = directory ?? defaultDirectory
    func dataset(_ prefix: String) throws(LaminaError) -> Dataset {
      try load(prefix, from: directory, name: name, classNames: classNames)
    }
    return (try dataset("train"), try dataset("t10k"))
  }

  /// Only the test set.
  public static func loadTest(
    from directory: String? = nil, name: String = "mnist", classNames: [String] = classNames
  ) throws(LaminaError) -> Dataset {
    try load("t10k", from: directory ?? defaultDirectory, name: name, classNames: classNames)
  }

  /// Where `make data` puts the files.
  public static var defaultDirectory: String {
    if let home = environment("LAMINA_DATA_HOME") { return home + "/mnist" }
    if let cache = environment("XDG_CACHE_HOME") { return cache + "/lamina/mnist" }
    return (environment("HOME") ?? ".") + "/.cache/lamina/mnist"
  }

  private static func load(
    _ prefix: String, from directory: String, name: String, classNames: [String]
  ) throws(LaminaError) -> Dataset {
    let imagesPath = existing("\(directory)/\(prefix)-images-idx3-ubyte")
    let labelsPath = existing("\(directory)/\(prefix)-labels-idx1-ubyte")
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
      labels: labels.bytes.map { Int32($0) }, classNames: classNames, preprocessing: .mnist)
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
