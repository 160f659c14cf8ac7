/// factor * sum of |w|: draws small values to zero. At zero the
/// slope of |w| is 1, as Keras has it on JAX.
///
/// Source: keras/src/regularizers/regularizers.py
public final class L1: Regularizer {
  public let factor: Double
  public let className = "L1"

  public init(_ factor: Double = 0.01) {
    self.factor = factor
  }

  public func loss(of values: MatrixView) -> Double { factor * values.sumOfMagnitudes }

  public func addGradient(of values: MatrixView, to gradient: MatrixView) {
    gradient.addSigns(of: values, times: Float(factor))
  }

  public var configuration: [JSON.Member] { [JSON.Member("l1", .number(factor))] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.number("l1", default: 0.01))
  }
}

extension Regularizer where Self == L1 {
  public static func l1(_ factor: Double = 0.01) -> L1 { L1(factor) }
}
