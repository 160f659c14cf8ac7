/// Adam with weight decay: `w -= w weightDecay learningRate`, then Adam's step.
/// All variables are decayed, biases too, unless the decay excludes them.
///
/// Sources: Loshchilov and Hutter, "Decoupled weight decay regularization",
/// 2019; keras/src/optimizers/adamw.py
public final class AdamW: Optimizer {
  public let learningRate: LearningRate
  /// How much of the mean stays in a step, 0 to 1.
  public let beta1: Double
  /// How much of the mean square stays in a step, 0 to 1.
  public let beta2: Double
  public let epsilon: Double
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots = [OptimizerSlot("momentum"), OptimizerSlot("velocity")]
  public let className = "AdamW"
  public let name = "adam_w"

  public init(
    learningRate: LearningRate = 0.001, weightDecay: WeightDecay = 0.004, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-7, clipping: GradientClipping? = nil
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.clipping = clipping
  }

  public func check() throws(LaminaError) {
    try checkSharedSettings()
    try checkMoments(beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  public func update(_ step: OptimizerStep) {
    step.applyAdam(beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  public var configuration: [JSON.Member] {
    sharedConfiguration + [
      JSON.Member("beta_1", .number(beta1)),
      JSON.Member("beta_2", .number(beta2)),
      JSON.Member("epsilon", .number(epsilon)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseUnsupportedOptimizerSettings()
    self.init(
      learningRate: try configuration.learningRate(default: 0.001),
      weightDecay: try configuration.weightDecay(default: 0.004) ?? 0.004,
      beta1: try configuration.number("beta_1", default: 0.9),
      beta2: try configuration.number("beta_2", default: 0.999),
      epsilon: try configuration.number("epsilon", default: 1e-7),
      clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == AdamW {
  public static func adamW(
    learningRate: LearningRate = 0.001, weightDecay: WeightDecay = 0.004, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-7, clipping: GradientClipping? = nil
  ) -> AdamW {
    AdamW(
      learningRate: learningRate, weightDecay: weightDecay, beta1: beta1, beta2: beta2,
      epsilon: epsilon, clipping: clipping)
  }
}
