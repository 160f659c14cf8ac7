/// Divides the gradient by the root of its running mean square:
///
///     v = rho v + (1 - rho) g^2
///     change = learningRate g / sqrt(v + epsilon)
///     w -= change
///
/// Centered, it divides by the running standard deviation: with the running
/// mean a = rho a + (1 - rho) g, it takes v - a^2 for v under the root. With
/// momentum, m = momentum m + change, and w -= m.
///
/// Sources: Hinton, "Neural networks for machine learning", lecture 6, 2012;
/// keras/src/optimizers/rmsprop.py
public final class RMSprop: Optimizer {
  public let learningRate: LearningRate
  /// How much of the means stays in a step, 0 to 1.
  public let rho: Double
  /// 0 is none.
  public let momentum: Double
  public let epsilon: Double
  public let centered: Bool
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots: [OptimizerSlot]
  public let className = "RMSprop"
  public let name = "rm_sprop"

  public init(
    learningRate: LearningRate = 0.001, rho: Double = 0.9, momentum: Double = 0,
    epsilon: Double = 1e-7, centered: Bool = false, weightDecay: WeightDecay? = nil,
    clipping: GradientClipping? = nil
  ) {
    self.learningRate = learningRate
    self.rho = rho
    self.momentum = momentum
    self.epsilon = epsilon
    self.centered = centered
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.slots =
      [OptimizerSlot("velocity")]
      + (momentum > 0 ? [OptimizerSlot("momentum")] : [])
      + (centered ? [OptimizerSlot("average_gradient")] : [])
  }

  public func check() throws(LaminaError) {
    try checkSharedSettings()
    try checkFraction("rho", rho)
    try checkFraction("momentum", momentum)
    try checkNotNegative("epsilon", epsilon)
  }

  public func update(_ step: OptimizerStep) {
    step.parameters.stepByRMSprop(
      gradients: step.gradients, velocities: step.slots[0],
      momentums: momentum > 0 ? step.slots[1] : nil,
      averages: centered ? step.slots[step.slots.count - 1] : nil,
      learningRate: step.learningRate, rho: Float(rho), oneMinusRho: Float(1 - rho),
      momentum: Float(momentum), epsilon: Float(epsilon))
  }

  public var configuration: [JSON.Member] {
    sharedConfiguration + [
      JSON.Member("rho", .number(rho)),
      JSON.Member("momentum", .number(momentum)),
      JSON.Member("epsilon", .number(epsilon)),
      JSON.Member("centered", .boolean(centered)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseUnsupportedOptimizerSettings()
    self.init(
      learningRate: try configuration.learningRate(default: 0.001),
      rho: try configuration.number("rho", default: 0.9),
      momentum: try configuration.number("momentum", default: 0),
      epsilon: try configuration.number("epsilon", default: 1e-7),
      centered: try configuration.boolean("centered", default: false),
      weightDecay: try configuration.weightDecay(), clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == RMSprop {
  public static func rmsprop(
    learningRate: LearningRate = 0.001, rho: Double = 0.9, momentum: Double = 0,
    epsilon: Double = 1e-7, centered: Bool = false, weightDecay: WeightDecay? = nil,
    clipping: GradientClipping? = nil
  ) -> RMSprop {
    RMSprop(
      learningRate: learningRate, rho: rho, momentum: momentum, epsilon: epsilon,
      centered: centered, weightDecay: weightDecay, clipping: clipping)
  }
}
