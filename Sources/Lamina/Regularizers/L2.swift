/// factor * sum of w^2: draws values towards zero, the large ones most.
///
/// Source: keras/src/regularizers/regularizers.py
public final class L2: Regularizer {
  public let factor: Double
  public let className = "L2"

  public init(_ factor: Double = 0.01) {
    self.factor = factor
  }

  public func loss(of values: MatrixView) -> Double { factor * values.sumOfSquares }

  public func addGradient(of values: MatrixView, to gradient: MatrixView) {
    gradient.add(values, times: Float(2 * factor))
  }

  public var configuration: [JSON.Member] { [JSON.Member("l2", .number(factor))] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.number("l2", default: 0.01))
  }
}

extension Regularizer where Self == L2 {
  public static func l2(_ factor: Double = 0.01) -> L2 { L2(factor) }
}
