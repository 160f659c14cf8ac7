import ArgumentParser
import Glibc
import Lamina

/// Which weights file a subcommand works with.
struct ModelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The weights file. (default: $LAMINA_MODEL)", valueName: "file"))
  var model: String?

  /// - Throws: `LaminaError` where no file is given, or it holds no network.
  func load() throws(LaminaError) -> Model {
    try Model.load(path())
  }

  func path() throws(LaminaError) -> String { try modelPath(model) }
}

/// - Parameter option: what the command line says.
/// - Throws: `LaminaError` where neither it nor the environment names a file.
func modelPath(_ option: String?) throws(LaminaError) -> String {
  if let option {
    try checkIsText(option)
    return option
  }
  if let value = getenv("LAMINA_MODEL"), value.pointee != 0 {
    guard let path = String(validatingCString: value) else {
      throw LaminaError(.inputOutput, "$LAMINA_MODEL is not UTF-8")
    }
    return path
  }
  throw LaminaError(
    .invalidArgument,
    "no model: give one with --model FILE or in $LAMINA_MODEL; "
      + "`png-classify train --data mnist --output mnist.safetensors` makes one")
}
