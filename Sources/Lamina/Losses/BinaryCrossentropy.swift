/// How surprised a yes-or-no classifier is by the right answers: the mean over a
/// row of `-t log p - (1 - t) log(1 - p)`, where p is the sigmoid of the logits,
/// or the probabilities themselves, clipped to [1e-7, 1 - 1e-7]. Where they are
/// clipped the gradient is 0.
///
/// Targets t have the outputs' shape and lie between 0 and 1, which Keras does
/// not ask for. Smoothing by s makes them `t (1 - s) + s / 2`.
///
/// Source: keras/src/losses/losses.py and binary_crossentropy in
/// keras/src/backend/jax/nn.py
public final class BinaryCrossentropy: Loss {
  /// Whether the model gives logits, not probabilities.
  public let fromLogits: Bool
  /// How far targets are moved towards 1/2, 0 to 1.
  public let labelSmoothing: Float
  public let reduction: Reduction
  public let className = "BinaryCrossentropy"
  public let name = "binary_crossentropy"

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
    try targets.requireProbabilities(forEach: outputShape, name)
  }

  public func evaluate(_ rows: LossRows) {
    rows.computeBinaryCrossentropies(
      fromLogits: fromLogits, labelSmoothing: labelSmoothing)
  }
}

extension Loss where Self == BinaryCrossentropy {
  public static func binaryCrossentropy(
    fromLogits: Bool = false, labelSmoothing: Float = 0, reduction: Reduction = .sumOverBatchSize
  ) -> BinaryCrossentropy {
    BinaryCrossentropy(fromLogits: fromLogits, labelSmoothing: labelSmoothing, reduction: reduction)
  }
}
