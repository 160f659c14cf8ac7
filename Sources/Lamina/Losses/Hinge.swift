/// How far predictions lie on the wrong side of a margin: the mean of
/// `max(1 - t p, 0)` over a row of predictions p and labels t of -1 and 1. Where
/// all labels of a batch are 0 or 1, 0 stands for -1. On the margin the gradient
/// is half of what it is inside.
///
/// Targets have the outputs' shape.
///
/// Source: keras/src/losses/losses.py
public final class Hinge: Loss {
  public let reduction: Reduction
  public let className = "Hinge"
  public let name = "hinge"

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
    rows.computeHingeLosses()
  }
}

extension Loss where Self == Hinge {
  public static func hinge(reduction: Reduction = .sumOverBatchSize) -> Hinge {
    Hinge(reduction: reduction)
  }
}
