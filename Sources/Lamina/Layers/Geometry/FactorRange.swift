/// Where a random factor lies: evenly spread from `lower` to `upper`. `0.2` stands
/// for -0.2 to 0.2.
public struct FactorRange: Equatable, Sendable {
  public let lower: Float
  public let upper: Float

  /// From the smaller to the larger of two numbers.
  public init(_ a: Float, _ b: Float) {
    lower = min(a, b)
    upper = max(a, b)
  }

  /// From -|factor| to |factor|.
  public init(_ factor: Float) {
    self.init(-factor.magnitude, factor.magnitude)
  }

  /// The factor for a number from 0 to 1.
  func factor(_ unit: Float) -> Float { lower + unit * (upper - lower) }

  /// - Throws: `.invalidArgument` where the range goes beyond -1 or 1.
  func check(_ name: StaticString) throws(LaminaError) {
    guard lower >= -1, upper <= 1 else {
      throw LaminaError(.invalidArgument, "\(name) must lie in -1 to 1, got \(lower) to \(upper)")
    }
  }

  /// Both numbers.
  var pair: JSON { .array([.number(of: lower), .number(of: upper)]) }

  /// One number, where it is enough.
  var json: JSON { lower == -upper ? .number(of: upper) : pair }
}

extension FactorRange: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Float) {
    self.init(value)
  }

  public init(integerLiteral value: Int) {
    self.init(Float(value))
  }
}

extension Configuration {
  /// A number f, for -f to f, or a list of two.
  func factorRange(_ key: String) throws(LaminaError) -> FactorRange {
    if let value = self[key]?.numberValue { return FactorRange(Float(value)) }
    let bounds = try numbers(key)
    guard bounds.count == 2 else { throw wrong(key, "a number or two of them") }
    return FactorRange(Float(bounds[0]), Float(bounds[1]))
  }
}
