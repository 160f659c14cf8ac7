/// Makes parameters smaller before each step: `w -= w rate learningRate`.
///
/// Sources: Loshchilov and Hutter, "Decoupled weight decay regularization",
/// 2019; _apply_weight_decay in keras/src/optimizers/base_optimizer.py
public struct WeightDecay: Equatable, Sendable, ExpressibleByFloatLiteral {
  public var rate: Double
  /// Variables whose names, such as "kernel", contain one of these, such as
  /// "bias", stay as they are. They are plain text, not patterns, and see
  /// nothing of the layer's name.
  public var excluded: [String]

  public init(_ rate: Double, excluding excluded: [String] = []) {
    self.rate = rate
    self.excluded = excluded
  }

  public init(floatLiteral value: Double) { self.init(value) }

  /// Keras takes what is excluded for regular expressions.
  ///
  /// - Throws: `.unsupported` where it is one, and no plain text.
  func check() throws(LaminaError) {
    guard rate >= 0, rate.isFinite else {
      throw LaminaError(.invalidArgument, "weight_decay must be at least 0, got \(rate)")
    }
    let operators = Array(".^$*+?{}[]|()\\".utf8)
    for part in excluded where part.utf8.contains(where: { operators.contains($0) }) {
      throw LaminaError(
        .unsupported,
        "exclude_from_weight_decay has the pattern \"\(part)\"; expected a part of a name")
    }
  }

  /// Whether a variable is made smaller.
  ///
  /// - Parameter variable: its name, such as "bias" or "dense/bias".
  func applies(to variable: String) -> Bool {
    let name = variable.utf8.split(separator: UInt8(ascii: "/")).last ?? Substring().utf8
    for part in excluded where WeightDecay.contains(Array(name), Array(part.utf8)) {
      return false
    }
    return true
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= text.count else { return false }
    for start in 0...(text.count - part.count)
    where text[start..<start + part.count].elementsEqual(part) {
      return true
    }
    return false
  }
}
