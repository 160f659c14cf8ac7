/// Most command lines are plain: files, and options with their values. Reading them takes
/// ArgumentParser 2 ms, half of what a picture takes from the start of the process to its label.
extension Classification {
  private static let commands = Set(PNGClassify.commandNames + ["help"])

  /// What a plain command line asks for; nil for any other, and for what may be wrong.
  init?(plain arguments: [String]) {
    self.init()
    var seen: Set<String> = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "-" || !argument.hasPrefix("-") {
        files.append(argument)
        continue
      }
      if argument == "--read" {
        reads = true
        continue
      }
      guard seen.insert(argument).inserted, let value = rest.popFirst(), !value.hasPrefix("-"),
        set(argument, value)
      else { return nil }
    }
    guard !files.isEmpty, files.allSatisfy({ !$0.isEmpty && !Self.commands.contains($0) }),
      files.count(where: { $0 == "-" }) <= 1, topK == 1 || !reads
    else { return nil }
  }

  private mutating func set(_ option: String, _ value: String) -> Bool {
    switch option {
    case "--model":
      modelOption = value
      return !value.isEmpty
    case "--format":
      guard let format = ReportFormat(rawValue: value) else { return false }
      self.format = format
      return true
    case "--top-k":
      guard let topK = Int(value), topK >= 1 else { return false }
      self.topK = topK
      return true
    case "--threads":
      guard let count = Int(value), ThreadOptions.range.contains(count) else { return false }
      threadCount = count
      return true
    default:
      return false
    }
  }
}
