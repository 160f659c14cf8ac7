/// The squared error of small errors, the absolute one of large ones: with
/// e = p - t, the mean over a row of `e^2 / 2` where |e| <= delta, else of
/// `delta |e| - delta^2 / 2`.
///
/// Targets have the outputs' shape.
///
/// Sources: Huber, "Robust estimation of a location parameter", 1964;
/// keras/src/losses/losses.py. Keras does not write delta into a configuration;
/// Lamina does, and Keras reads it.
public final class Huber: Loss {
  /// Where the loss goes from squares to a line; greater than 0.
  public let delta: Float
  public let reduction: Reduction
  public let className = "Huber"
  public let name = "huber_loss"

  public init(delta: Float = 1, reduction: Reduction = .sumOverBatchSize) {
    self.delta = delta
    self.reduction = reduction
  }

  public var configuration: [JSON.Member] {
    [.reduction(reduction), JSON.Member("delta", .number(of: delta))]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      delta: Float(try configuration.number("delta", default: 1)),
      reduction: try configuration.reduction())
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    guard delta > 0 else {
      throw LaminaError(
        .invalidArgument, "\(name): delta must be greater than 0, got \(delta)")
    }
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func evaluate(_ rows: LossRows) {
    rows.computeHuberLosses(delta: delta)
  }
}

extension Loss where Self == Huber {
  public static func huber(
    delta: Float = 1, reduction: Reduction = .sumOverBatchSize
  ) -> Huber {
    Huber(delta: delta, reduction: reduction)
  }
}
