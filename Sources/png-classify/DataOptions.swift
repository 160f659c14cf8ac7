import ArgumentParser
import Glibc
import Lamina

/// Which pictures a subcommand trains or evaluates with.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\"mnist\", \"fashion-mnist\", or a folder of digits: four IDX files that are named as "
        + "MNIST's, plain or .gz; for `evaluate` also folders of PNG files, named by label.",
      valueName: "name or folder"))
  var data = "mnist"

  /// The labels of a data set that is known by its name; those of a folder's files are not.
  var knownLabels: [String]? {
    switch data {
    case "mnist": MNIST.classNames
    case "fashion-mnist": FashionMNIST.classNames
    default: nil
    }
  }

  /// The files of a folder of data, for `checkDistinct`; none where the output is a new file.
  func files(beside output: String) -> [InputFile] {
    guard access(output, F_OK) == 0, isFolder(data) else { return [] }
    let idx = ["train", "t10k"].flatMap { part in
      ["images-idx3-ubyte", "labels-idx1-ubyte"].flatMap { kind in
        ["", ".gz"].map { "\(data)/\(part)-\(kind)\($0)" }
      }
    }
    return (idx + Input.expand(data).map(\.name)).map {
      InputFile(path: $0, description: "a file of --data")
    }
  }

  /// - Throws: `LaminaError` where there is no such data set, or its files are damaged.
  func load() throws(LaminaError) -> (train: Dataset, test: Dataset) {
    switch data {
    case "mnist": try hinting { () throws(LaminaError) in try MNIST.load() }
    case "fashion-mnist": try hinting { () throws(LaminaError) in try FashionMNIST.load() }
    default: try MNIST.load(from: folder(), name: lastComponent(of: data))
    }
  }

  /// Only what the network is not trained with.
  func loadTest() throws(LaminaError) -> Dataset {
    switch data {
    case "mnist": try hinting { () throws(LaminaError) in try MNIST.loadTest() }
    case "fashion-mnist": try hinting { () throws(LaminaError) in try FashionMNIST.loadTest() }
    default: try MNIST.loadTest(from: folder(), name: lastComponent(of: data))
    }
  }

  /// The pictures to measure a network with: a data set's, or those of a folder of labels.
  ///
  /// - Throws: as `loadTest`; `.invalidArgument` where pictures and network do not fit.
  func loadPictures(for model: Model, threadCount: Int) throws(LaminaError) -> TestPictures {
    let isName = data == "mnist" || data == "fashion-mnist"
    guard !isName, isFolder(data), !hasTestFile(data) else {
      return TestPictures(dataset: try loadTest())
    }
    guard LabelledFolder.isOne(data) else {
      throw LaminaError(
        .invalidArgument,
        "\(data): expected folders of PNG files that are named by label (0, 1 ...), or MNIST's "
          + "files (t10k-images-idx3-ubyte ...)")
    }
    return try LabelledFolder(path: data, name: lastComponent(of: data)).pictures(
      for: model, threadCount: threadCount)
  }

  /// Whether a folder has the first of the four files that are named as MNIST's.
  private func hasTestFile(_ folder: String) -> Bool {
    ["", ".gz"].contains { access("\(folder)/t10k-images-idx3-ubyte\($0)", F_OK) == 0 }
  }

  /// Says how a data set that is known by name is got, where it is not there.
  private func hinting<Data>(
    _ load: () throws(LaminaError) -> Data
  ) throws(LaminaError) -> Data {
    do throws(LaminaError) {
      return try load()
    } catch {
      guard error.kind == .inputOutput else { throw error }
      throw LaminaError(
        error.kind,
        error.message + " (`make data` in Lamina's source folder gets the data; "
          + "$LAMINA_DATA_HOME can say where they are)")
    }
  }

  private func folder() throws(LaminaError) -> String {
    guard isFolder(data) else {
      throw LaminaError(
        .invalidArgument,
        "no data set \"\(data)\": it is neither \"mnist\" nor \"fashion-mnist\" nor a folder")
    }
    return data
  }
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// "digits" of "/home/me/digits/", and what "." stands for.
func lastComponent(of path: String) -> String {
  func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "/" }
  let name = last(path)
  guard name == "." || name == "..", let real = realpath(path, nil) else { return name }
  defer { free(real) }
  return last(String(cString: real))
}
