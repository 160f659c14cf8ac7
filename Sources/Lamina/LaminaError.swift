/// Why a call failed: what was expected, what came and where, as one sentence.
public struct LaminaError: Error, Equatable, Sendable {
  /// What a program can decide by; the message is for people.
  public enum Kind: Equatable, Sendable {
    /// An argument is out of range or does not fit the model.
    case invalidArgument
    /// A file cannot be opened, read or written.
    case inputOutput
    /// A weights file, a configuration or a data file is damaged.
    case format
    /// A weights file or a configuration asks for what this version lacks.
    case unsupported
    /// A picture is no PNG, is damaged, or has more pixels than allowed.
    case image
    /// A picture is blank: there is no digit in it.
    case noDigit
    /// Memory ran out.
    case outOfMemory
    /// The model is being trained by another call.
    case busy
  }

  public var kind: Kind
  public var message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The same error with the place where it happened put before it.
  public func at(_ place: String) -> LaminaError {
    LaminaError(kind, "\(place): \(message)")
  }
}
