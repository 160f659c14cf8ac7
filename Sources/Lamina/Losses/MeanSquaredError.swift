/// How far numbers are off, squared: the mean of `(p - t)^2` over a row of
/// predictions p and targets t. Its gradient is `2 (p - t) / columns`.
///
/// Targets have the outputs' shape.
///
/// Source: keras/src/losses/losses.py
public final class MeanSquaredError: Loss {
  public let reduction: Reduction
  public let className = "MeanSquaredError"
  public let name = "mean_squared_error"

  public init(reduction: Reduction = .sumOverBatchSize) {
    self.reduction = reduction
  }

  public var configuration: [JSON.Member] { [.reduction(reduction)] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(reduction: try configuration.reduction())
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func evaluate(_ rows: LossRows) {
    rows.computeMeanSquaredErrors()
  }
}

extension Loss where Self == MeanSquaredError {
  public static func meanSquaredError(reduction: Reduction = .sumOverBatchSize) -> MeanSquaredError
  {
    MeanSquaredError(reduction: reduction)
  }
}
