/// How surprised a classifier is by the right classes, given as integers:
/// `-log p[label]`, where p is the softmax of the logits, or the probabilities
/// themselves, normalised and clipped to [1e-7, 1 - 1e-7]. Where it is clipped
/// the gradient is 0.
///
/// Targets have the outputs' shape without its last axis, or with one of 1 in its
/// place. A label that is no class is an error, which Keras does not make of it.
///
/// Source: keras/src/losses/losses.py and sparse_categorical_crossentropy in
/// keras/src/backend/jax/nn.py
public final class SparseCategoricalCrossentropy: Loss {
  /// Whether the model gives logits, not probabilities.
  public let fromLogits: Bool
  public let reduction: Reduction
  public let className = "SparseCategoricalCrossentropy"
  public let name = "sparse_categorical_crossentropy"

  public init(fromLogits: Bool = false, reduction: Reduction = .sumOverBatchSize) {
    self.fromLogits = fromLogits
    self.reduction = reduction
  }

  public var configuration: [JSON.Member] {
    let fromLogits = JSON.Member("from_logits", .boolean(fromLogits))
    return reduction == .sumOverBatchSize ? [fromLogits] : [.reduction(reduction), fromLogits]
  }

  /// - Throws: `.unsupported` where a class is to be ignored, or the classes are
  ///   not along the last axis.
  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("ignore_class")
    try configuration.requireLastAxis()
    self.init(
      fromLogits: try configuration.boolean("from_logits", default: false),
      reduction: try configuration.reduction())
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try targets.requireClasses(of: outputShape, name)
  }

  public func evaluate(_ rows: LossRows) {
    rows.computeSparseCategoricalCrossentropies(fromLogits: fromLogits)
  }
}

extension Loss where Self == SparseCategoricalCrossentropy {
  public static func sparseCategoricalCrossentropy(
    fromLogits: Bool = false, reduction: Reduction = .sumOverBatchSize
  ) -> SparseCategoricalCrossentropy {
    SparseCategoricalCrossentropy(fromLogits: fromLogits, reduction: reduction)
  }
}
