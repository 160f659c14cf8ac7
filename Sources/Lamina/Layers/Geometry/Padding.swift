/// What a sliding window does at the borders of its input.
///
/// Source: keras/src/utils/argument_validation.py
public enum Padding: Equatable, Sendable {
  /// It stays inside: n inputs give (n - extent) / stride + 1 outputs, rounded
  /// down, where the extent is (size - 1) * dilation + 1.
  case valid
  /// It goes beyond, as if there were zeros (or nothing, for pooling): n inputs
  /// give n / stride outputs, rounded up. An odd place is at the end.
  case same

  /// Keras's name.
  public var name: String {
    switch self {
    case .valid: "valid"
    case .same: "same"
    }
  }

  /// - Throws: `.unsupported`, naming what there is.
  init(named name: String) throws(LaminaError) {
    switch name {
    case "valid": self = .valid
    case "same": self = .same
    default:
      throw LaminaError(.unsupported, "unknown padding \"\(name)\"; known: valid, same")
    }
  }
}
