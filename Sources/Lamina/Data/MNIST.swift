/// The digits of MNIST: 60,000 to train with and 10,000 to test with, 28x28
/// bytes each, light on black.
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
    let files = IDXDataset(name: name, classNames: classNames, preprocessing: .mnist)
    return try files.load(from: directory ?? defaultDirectory)
  }

  /// Only the test set.
  public static func loadTest(
    from directory: String? = nil, name: String = "mnist", classNames: [String] = classNames
  ) throws(LaminaError) -> Dataset {
    let files = IDXDataset(name: name, classNames: classNames, preprocessing: .mnist)
    return try files.loadTest(from: directory ?? defaultDirectory)
  }

  /// Where `make data` puts the files.
  public static var defaultDirectory: String { IDXDataset.defaultDirectory("mnist") }
}
