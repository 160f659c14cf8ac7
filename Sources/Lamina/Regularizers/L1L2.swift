/// l1 * sum of |w| + l2 * sum of w^2. At zero the slope of |w| is 1, as in `L1`.
///
/// Source: keras/src/regularizers/regularizers.py
public final class L1L2: Regularizer {
  public let l1: Double
  public let l2: Double
  public let className = "L1L2"

  public init(l1: Double = 0, l2: Double = 0) {
    self.l1 = l1
    self.l2 = l2
  }

  public func loss(of values: MatrixView) -> Double {
    l1 * values.sumOfMagnitudes + l2 * values.sumOfSquares
  }

  public func addGradient(of values: MatrixView, to gradient: MatrixView) {
    gradient.addSigns(of: values, times: Float(l1))
    gradient.add(values, times: Float(2 * l2))
  }

  public var configuration: [JSON.Member] {
    [JSON.Member("l1", .number(l1)), JSON.Member("l2", .number(l2))]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      l1: try configuration.number("l1", default: 0),
      l2: try configuration.number("l2", default: 0))
  }
}

extension Regularizer where Self == L1L2 {
  public static func l1l2(l1: Double = 0, l2: Double = 0) -> L1L2 { L1L2(l1: l1, l2: l2) }
}
