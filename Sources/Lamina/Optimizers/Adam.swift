import CSystem

/// Steps in the direction of the gradients' running mean, divided by the root
/// of their running mean square:
///
///     m += (g - m) (1 - beta1)
///     v += (g^2 - v) (1 - beta2)
///     w -= a m / (sqrt(v) + epsilon),  a = learningRate sqrt(1 - beta2^t) / (1 - beta1^t)
///
/// As in Keras, epsilon is added to the root before the bias is corrected.
///
/// Sources: Kingma and Ba, "Adam: a method for stochastic optimization", 2014;
/// keras/src/optimizers/adam.py
public final class Adam: Optimizer {
  public let learningRate: LearningRate
  /// How much of the mean stays in a step, 0 to 1.
  public let beta1: Double
  /// How much of the mean square stays in a step, 0 to 1.
  public let beta2: Double
  public let epsilon: Double
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots = [OptimizerSlot("momentum"), OptimizerSlot("velocity")]
  public let className = "Adam"
  public let name = "adam"

  public init(
    learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7, weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clipping = clipping
  }

  public func check() throws(LaminaError) {
    try checkSharedSettings()
    try checkMoments(beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  public func update(_ step: OptimizerStep) {
    step.applyAdam(beta1: beta1, beta2: beta2, epsilon: epsilon)
  }

  /// Settings that are null are left out.
  public var configuration: [JSON.Member] {
    sharedConfiguration.filter { $0.value != .null } + [
      JSON.Member("beta_1", .number(beta1)),
      JSON.Member("beta_2", .number(beta2)),
      JSON.Member("epsilon", .number(epsilon)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseUnsupportedOptimizerSettings()
    self.init(
      learningRate: try configuration.learningRate(default: 0.001),
      beta1: try configuration.number("beta_1", default: 0.9),
      beta2: try configuration.number("beta_2", default: 0.999),
      epsilon: try configuration.number("epsilon", default: 1e-7),
      weightDecay: try configuration.weightDecay(), clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == Adam {
  public static func adam(
    learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7, weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) -> Adam {
    Adam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weightDecay: weightDecay, clipping: clipping)
  }
}

extension OptimizerStep {
  /// The step of Adam and AdamW; the slots are momentum and velocity.
  func applyAdam(beta1: Double, beta2: Double, epsilon: Double) {
    // Single precision where Keras has it: 1 - beta is rounded once, powers are float32's.
    let power1 = powf(Float(beta1), Float(number))
    let power2 = powf(Float(beta2), Float(number))
    let stepSize = learningRate * (1 - power2).squareRoot() / (1 - power1)
    parameters.stepByAdam(
      gradients: gradients, momentums: slots[0], velocities: slots[1], stepSize: stepSize,
      oneMinusBeta1: Float(1 - beta1), oneMinusBeta2: Float(1 - beta2), epsilon: Float(epsilon))
  }
}
