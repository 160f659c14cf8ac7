/// All the same number.
///
/// Source: keras/src/initializers/constant_initializers.py
public final class Constant: Initializer {
  public let value: Double
  public let className = "Constant"

  public init(_ value: Double = 0) {
    self.value = value
  }

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    values.fill(Float(value))
  }

  public var configuration: [JSON.Member] { [JSON.Member("value", .number(value))] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.number("value", default: 0))
  }
}

extension Initializer where Self == Constant {
  public static func constant(_ value: Double) -> Constant { Constant(value) }
}
