import ArgumentParser
import Glibc
import Lamina
import LaminaPNG

/// Which network a subcommand works with.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The weights file. (default: $LAMINA_MODEL, or else the built-in model)",
      valueName: "file"))
  var model: String?

  /// - Throws: `LaminaError` where a name is not UTF-8.
  func source() throws(LaminaError) -> ModelSource { try ModelSource(option: model) }

  /// - Throws: `LaminaError` where the file holds no network.
  func load() throws(LaminaError) -> Model { try source().load() }
}

/// Where the network comes from.
enum ModelSource {
  case file(String)
  /// The one that is inside the command.
  case builtIn

  /// The file that the command line or else the environment names.
  ///
  /// - Parameter option: what the command line says.
  /// - Throws: `LaminaError` where a name is not UTF-8.
  init(option: String?) throws(LaminaError) {
    if let option {
      try checkIsText(option)
      self = .file(option)
    } else if let value = getenv("LAMINA_MODEL"), value.pointee != 0 {
      guard let path = String(validatingCString: value) else {
        throw LaminaError(.inputOutput, "$LAMINA_MODEL is not UTF-8")
      }
      self = .file(path)
    } else {
      self = .builtIn
    }
  }

  /// What messages call it.
  var name: String {
    switch self {
    case .file(let path): path
    case .builtIn: "the built-in model"
    }
  }

  /// - Throws: `LaminaError`, whose message begins with the name.
  func load() throws(LaminaError) -> Model {
    switch self {
    case .file(let path): try Model.load(path)
    case .builtIn: try Model.digits()
    }
  }
}
