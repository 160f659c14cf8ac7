import ArgumentParser
import Glibc
import Lamina

/// The command: classifies PNG files, and trains and examines the networks that do it.
@main
struct PNGClassify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "png-classify",
    abstract: "Say which digits PNG files show.",
    usage: usage,
    version: "png-classify 0.1.0",
    subcommands: [Classify.self, Explain.self, Train.self, Evaluate.self, Summary.self],
    defaultSubcommand: Classify.self
  )

  static let usage = """
    png-classify [--model <file>] [--top-k <n> | --read] [--format <name>]
                 [--threads <n>] <file> ...
    png-classify explain | train | evaluate | summary [<options>]
    """

  static let commandNames = configuration.subcommands.map { $0._commandName }

  static func main() {
    do {
      if let classification = Classification(plain: arguments) { return try classification.run() }
      try check(arguments)
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let error as LaminaError {
      complain(error.message)
      exit(withError: Status.cannotWork)
    } catch {
      exit(withError: error)
    }
  }

  /// Refuses what ArgumentParser takes for a wish for help: a file's name as a row of options of
  /// one letter each, -h among them, and a command that there is not.
  ///
  /// - Throws: `ValidationError`
  private static func check(_ arguments: [String]) throws {
    if arguments.first == "help", let name = arguments.dropFirst().first,
      !name.hasPrefix("-"), !(commandNames + ["help"]).contains(name)
    {
      throw ValidationError(
        "There is no command '\(printable(name))'; there are "
          + commandNames.joined(separator: ", "))
    }
    for argument in arguments.prefix(while: { $0 != "--" })
    where argument.hasPrefix("-") && !argument.hasPrefix("--") && argument.count > 2
      && Double(argument) == nil
    {
      throw ValidationError(
        "Unknown option '\(printable(argument))'; a file of that name is given as "
          + "./\(printable(argument))")
    }
  }

  /// What the user typed. Help on the command as a whole is that of its default subcommand, which
  /// has the options that a newcomer looks for.
  private static var arguments: [String] {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let asksForHelp = arguments.count == 1 && ["-h", "--help", "help"].contains(arguments[0])
    return asksForHelp ? ["help", "classify"] : arguments
  }
}

/// The exit statuses, besides 0 and ArgumentParser's 64 for a wrong command line.
enum Status {
  static let someFailed = ExitCode(1)
  static let noDigit = ExitCode(3)
  static let cannotWork = ExitCode(2)
  static let interrupted = ExitCode(128 + SIGINT)
  static let brokenPipe = ExitCode(128 + SIGPIPE)

  static let help = """
    EXIT STATUS: 0 when all went well, 2 when the model, the data or the output \
    cannot be read or written, 64 when the command line is wrong.
    """
}
