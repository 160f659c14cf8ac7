/// How much the predicted distribution p differs from the true one, t: the sum
/// of `t log(t / p)` over a row (Kullback and Leibler). Both are clipped to
/// [1e-7, 1], and are not normalised. Where p is clipped the gradient is 0; at a
/// limit it is half of what it is inside.
///
/// Targets have the outputs' shape.
///
/// Source: keras/src/losses/losses.py
public final class KLDivergence: Loss {
  public let reduction: Reduction
  public let className = "KLDivergence"
  public let name = "kl_divergence"

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
    rows.computeKLDivergences()
  }
}

extension Loss where Self == KLDivergence {
  public static func klDivergence(reduction: Reduction = .sumOverBatchSize) -> KLDivergence {
    KLDivergence(reduction: reduction)
  }
}
