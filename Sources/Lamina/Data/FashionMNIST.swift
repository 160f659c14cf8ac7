/// The clothes of Fashion-MNIST: 60,000 pictures to train with and 10,000 to
/// test with, 28x28 bytes each, light on black, in files like MNIST's.
///
/// How other pictures would become such is not said: `preprocessing` has no
/// recipe, only the divisor.
///
/// Source: Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image Dataset for
/// Benchmarking Machine Learning Algorithms", 2017, arXiv:1708.07747.
public enum FashionMNIST {
  public static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  /// Reads the four IDX files of a folder, plain or with ".gz".
  ///
  /// - Parameter directory: by default where `make data` puts them:
  ///   `$LAMINA_DATA_HOME/fashion-mnist`, else
  ///   `$XDG_CACHE_HOME/lamina/fashion-mnist`, else
  ///   `~/.cache/lamina/fashion-mnist`.
  /// - Throws: `.inputOutput` where a file is missing, `.format` where one is
  ///   damaged or the files do not belong together.
  public static func load(
    from directory: String? = nil
  ) throws(LaminaError) -> (train: Dataset, test: Dataset) {
    try files.load(from: directory ?? defaultDirectory)
  }

  /// Only the test set.
  public static func loadTest(from directory: String? = nil) throws(LaminaError) -> Dataset {
    try files.loadTest(from: directory ?? defaultDirectory)
  }

  /// Where `make data` puts the files.
  public static var defaultDirectory: String { IDXDataset.defaultDirectory("fashion-mnist") }

  private static var files: IDXDataset {
    IDXDataset(
      name: "fashion-mnist", classNames: classNames,
      preprocessing: Preprocessing(recipe: nil, divisor: 255))
  }
}
