/// How far numbers are off: the mean of `|p - t|` over a row of predictions p
/// and targets t. Its gradient is `1 / columns` where p > t, else `-1 / columns`:
/// where nothing is off too, as Keras has it on JAX.
///
/// Targets have the outputs' shape.
///
/// Source: keras/src/losses/losses.py
public final class MeanAbsoluteError: Loss {
  public let reduction: Reduction
  public let className = "MeanAbsoluteError"
  public let name = "mean_absolute_error"

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
    rows.computeMeanAbsoluteErrors()
  }
}

extension Loss where Self == MeanAbsoluteError {
  public static func meanAbsoluteError(reduction: Reduction = .sumOverBatchSize)
    -> MeanAbsoluteError
  {
    MeanAbsoluteError(reduction: reduction)
  }
}
