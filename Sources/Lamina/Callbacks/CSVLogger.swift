/// Writes each epoch's result as a line of a CSV file.
///
/// The columns are "epoch" and the names of the first epoch's values, sorted.
/// Where none of them is a validation's, columns for those are there too. What
/// an epoch lacks is NA. Lines end with CR LF; each is written at once.
///
/// A training that goes on from a `BackupAndRestore` goes on with its file, from
/// where the backup was made; lines that are written again are cut off first.
///
/// Source: keras/src/callbacks/csv_logger.py
public final class CSVLogger: Callback {
  public let path: String
  /// What stands between the columns, one character.
  public let separator: String
  /// Whether lines are added to a file that is there, instead of replacing it;
  /// the columns' names are then written only where it is empty.
  public let append: Bool

  /// The values' names; nil before the first epoch.
  private var columns: [String]?
  private var file: AppendedFile?
  private var hasHeader = false

  public init(path: String, separator: String = ",", append: Bool = false) {
    self.path = path
    self.separator = separator
    self.append = append
  }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    guard separator.utf8.count == 1, separator != "\"", separator != "\n", separator != "\r" else {
      throw LaminaError(
        .invalidArgument, "CSVLogger: expected one character as separator, got \"\(separator)\"")
    }
    if !training.isResumed { try begin() }
  }

  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    try log(result)
  }

  public func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {
    end()
  }

  /// Opens the file for a training.
  func begin() throws(LaminaError) {
    columns = nil
    try open(keeping: append ? nil : 0)
  }

  private func open(keeping length: Int?) throws(LaminaError) {
    file = nil
    let opened = try AppendedFile(path, keeping: length)
    hasHeader = opened.length > 0
    file = opened
  }

  func end() { file = nil }

  func log(_ result: EpochResult) throws(LaminaError) {
    let columns = self.columns ?? CSVLogger.columns(of: result)
    self.columns = columns
    var text = ""
    if !hasHeader {
      text += line("epoch", columns)
      hasHeader = true
    }
    text += line(
      "\(result.epoch)", columns.map { result[$0].map { PythonNumber.text(of: $0) } ?? "NA" })
    try file?.append(text)
  }

  private static func columns(of result: EpochResult) -> [String] {
    let names = result.values.map { $0.name }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return names.contains { $0.hasPrefix("val_") } ? names : names + names.map { "val_" + $0 }
  }

  private func line(_ first: String, _ fields: [String]) -> String {
    fields.reduce(first) { $0 + separator + quoted($1) } + "\r\n"
  }

  /// In quotes where the field would be read otherwise.
  private func quoted(_ field: String) -> String {
    let special = Array("\"\r\n".utf8) + Array(separator.utf8)
    guard field.utf8.contains(where: { special.contains($0) }) else { return field }
    var bytes = [UInt8(ascii: "\"")]
    for byte in field.utf8 {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
    return String(decoding: bytes, as: UTF8.self)
  }

  public var state: CallbackState {
    CallbackState(
      of: "CSVLogger",
      [
        JSON.Member("length", .integer(file?.length ?? 0)),
        JSON.Member("columns", columns.map { .array($0.map { .string($0) }) } ?? .null),
      ])
  }

  public func restore(_ state: CallbackState) throws(LaminaError) {
    let values = try state.values(of: "CSVLogger")
    columns = nil
    try open(keeping: try values.count("length"))
    guard let list = values["columns"] else { return }
    let names = (list.arrayValue ?? []).compactMap { $0.stringValue }
    guard names.count == list.arrayValue?.count else { throw values.wrong("columns", "strings") }
    columns = names
  }
}
