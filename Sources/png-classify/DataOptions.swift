import ArgumentParser
import Glibc
import Lamina

/// Which pictures a subcommand trains or evaluates with.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "\"mnist\", or a folder with four IDX files that are named as MNIST's, plain or .gz.",
      valueName: "name or folder"))
  var data = "mnist"

  /// - Throws: `LaminaError` where there is no such data set, or its files are damaged.
  func load() throws(LaminaError) -> (train: Dataset, test: Dataset) {
    try hinting { (folder, name) throws(LaminaError) in
      try MNIST.load(from: folder, name: name)
    }
  }

  /// Only what the network is not trained with.
  func loadTest() throws(LaminaError) -> Dataset {
    try hinting { (folder, name) throws(LaminaError) in
      try MNIST.loadTest(from: folder, name: name)
    }
  }

  private func hinting<Data>(
    _ load: (_ folder: String?, _ name: String) throws(LaminaError) -> Data
  ) throws(LaminaError) -> Data {
    if data == "mnist" {
      do throws(LaminaError) {
        return try load(nil, data)
      } catch {
        guard error.kind == .inputOutput else { throw error }
        throw LaminaError(
          error.kind,
          error.message + " (`make data` in Lamina's source folder gets MNIST; "
            + "--data FOLDER takes it from elsewhere)")
      }
    }
    guard isFolder(data) else {
      throw LaminaError(
        .invalidArgument, "no data set \"\(data)\": it is neither \"mnist\" nor a folder")
    }
    return try load(data, lastComponent(of: data))
  }
}

func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

/// "fashion-mnist" of "/usr/share/datasets/fashion-mnist/", and what "." stands for.
private func lastComponent(of path: String) -> String {
  func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "/" }
  let name = last(path)
  guard name == "." || name == "..", let real = realpath(path, nil) else { return name }
  defer { free(real) }
  return last(String(cString: real))
}
