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

  func validate() throws {
    guard model != "" else { throw ValidationError("--model is empty") }
  }

  /// The weights file, for `checkDistinct`; none where the model is the built-in one.
  var files: [InputFile] {
    switch try? source() {
    case .file(let path)?: [InputFile(path: path, description: "--model")]
    case .environment(let path)?: [InputFile(path: path, description: "$LAMINA_MODEL")]
    case .builtIn?, nil: []
    }
  }

  /// - Throws: `LaminaError` where a name is not UTF-8.
  func source() throws(LaminaError) -> ModelSource { try ModelSource(option: model) }

  /// - Throws: `LaminaError` where the file holds no network.
  func load() throws(LaminaError) -> Model { try source().load() }
}

/// Where the network comes from.
enum ModelSource {
  case file(String)
  /// The file that $LAMINA_MODEL names.
  case environment(String)
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
      self = .environment(path)
    } else {
      self = .builtIn
    }
  }

  /// What messages call it.
  var name: String {
    switch self {
    case .file(let path), .environment(let path): path
    case .builtIn: "the built-in model"
    }
  }

  /// - Throws: `LaminaError`, whose message begins with the name.
  func load() throws(LaminaError) -> Model {
    switch self {
    case .file(let path): return try Model.load(path)
    case .environment(let path):
      do throws(LaminaError) {
        return try Model.load(path)
      } catch {
        throw LaminaError(error.kind, error.message + " ($LAMINA_MODEL names this file)")
      }
    case .builtIn: return try Model.digits()
    }
  }
}
