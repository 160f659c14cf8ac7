/// How surprised a classifier is by the right classes, given as a row of
/// probabilities for each sample: the sum of `-t log p` over a row, where p is the
/// softmax of the logits, or the probabilities themselves, normalised and clipped
/// to [1e-7, 1 - 1e-7]. What is clipped has no slope.
///
/// Targets t have the outputs' shape. Smoothing by s makes them
/// `t (1 - s) + s / classes`.
///
/// Source: keras/src/losses/losses.py and categorical_crossentropy in
/// keras/src/backend/jax/nn.py
public final class CategoricalCrossentropy: Loss {
  /// Whether the model gives logits, not probabilities.
  public let fromLogits: Bool
  /// How far targets are moved towards equal shares, 0 to 1.
  public let labelSmoothing: Float
  public let reduction: Reduction
  public let className = "CategoricalCrossentropy"
  public let name = "categorical_crossentropy"

  public init(
    fromLogits: Bool = false, labelSmoothing: Float = 0, reduction: Reduction = .sumOverBatchSize
  ) {
    self.fromLogits = fromLogits
    self.labelSmoothing = labelSmoothing
    self.reduction = reduction
  }

  public var configuration: [JSON.Member] {
    [
      .reduction(reduction),
      JSON.Member("from_logits", .boolean(fromLogits)),
      JSON.Member("label_smoothing", .number(of: labelSmoothing)),
      JSON.Member("axis", .integer(-1)),
    ]
  }

  /// - Throws: `.unsupported` where the classes are not along the last axis.
  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.requireLastAxis()
    self.init(
      fromLogits: try configuration.boolean("from_logits", default: false),
      labelSmoothing: Float(try configuration.number("label_smoothing", default: 0)),
      reduction: try configuration.reduction())
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try requireSmoothing(labelSmoothing, name)
    try targets.requireNumbers(forEach: outputShape, name)
  }

  public func evaluate(_ rows: LossRows) {
    rows.computeCategoricalCrossentropies(
      fromLogits: fromLogits, labelSmoothing: labelSmoothing)
  }
}

extension Loss where Self == CategoricalCrossentropy {
  public static func categoricalCrossentropy(
    fromLogits: Bool = false, labelSmoothing: Float = 0, reduction: Reduction = .sumOverBatchSize
  ) -> CategoricalCrossentropy {
    CategoricalCrossentropy(
      fromLogits: fromLogits, labelSmoothing: labelSmoothing, reduction: reduction)
  }
}
