import ArgumentParser
import Lamina

/// How many threads a subcommand computes with.
struct ThreadOptions: ParsableArguments {
  static let range = 1...Workers.maximumThreadCount

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many threads compute, 1 to \(Workers.maximumThreadCount); the results are the same. "
        + "(default: one for each processor)",
      valueName: "n"))
  var threads: Int?

  var count: Int { threads ?? Workers.all.threadCount }

  func validate() throws {
    guard Self.range.contains(count) else {
      throw ValidationError(
        "--threads must be 1 to \(Workers.maximumThreadCount), not \(count)")
    }
  }
}
