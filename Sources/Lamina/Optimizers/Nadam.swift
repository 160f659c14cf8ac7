import CSystem

/// Adam with Nesterov's look ahead, and a momentum that grows from half of
/// beta1 to beta1. In step t:
///
///     u_t = beta1 (1 - 0.96^t / 2),  U_t = u_1 u_2 ... u_t
///     m += (g - m) (1 - beta1)
///     v += (g^2 - v) (1 - beta2)
///     n = u_{t+1} m / (1 - U_{t+1}) + (1 - u_t) g / (1 - U_t)
///     w -= learningRate n / (sqrt(v / (1 - beta2^t)) + epsilon)
///
/// Sources: Dozat, "Incorporating Nesterov momentum into Adam", 2015;
/// keras/src/optimizers/nadam.py
public final class Nadam: Optimizer {
  public let learningRate: LearningRate
  /// How much of the mean stays in a step, 0 to 1.
  public let beta1: Double
  /// How much of the mean square stays in a step, 0 to 1.
  public let beta2: Double
  public let epsilon: Double
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots = [OptimizerSlot("momentum"), OptimizerSlot("velocity")]
  public let className = "Nadam"
  public let name = "nadam"

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
    let (beta1, beta2) = (Float(beta1), Float(beta2))
    let number = Float(step.number)
    let momentum = beta1 * (1 - 0.5 * powf(0.96, number))
    let nextMomentum = beta1 * (1 - 0.5 * powf(0.96, number + 1))
    let product = momentumProduct(upTo: step.number)
    step.parameters.stepByNadam(
      gradients: step.gradients, momentums: step.slots[0], velocities: step.slots[1],
      momentumFactor: step.learningRate * nextMomentum / (1 - product * nextMomentum),
      gradientFactor: step.learningRate * (1 - momentum) / (1 - product),
      velocityFactor: 1 / (1 - powf(beta2, number)),
      oneMinusBeta1: 1 - beta1, oneMinusBeta2: 1 - beta2, epsilon: Float(epsilon))
  }

  /// U_t. Keras keeps it as a variable; here it follows from t, so that there
  /// is nothing to save: it is beta1^t times factors 1 - 0.96^k / 2, of which
  /// those after the first 500 or so are 1.
  func momentumProduct(upTo step: Int) -> Float {
    var product = pow(beta1, Double(step))
    var decay = 0.96
    var factors = 0
    while factors < step, decay > 1e-9 {
      product *= 1 - 0.5 * decay
      decay *= 0.96
      factors += 1
    }
    return Float(product)
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
      beta1: try configuration.number("beta_1", default: 0.9),
      beta2: try configuration.number("beta_2", default: 0.999),
      epsilon: try configuration.number("epsilon", default: 1e-7),
      weightDecay: try configuration.weightDecay(), clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == Nadam {
  public static func nadam(
    learningRate: LearningRate = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7, weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) -> Nadam {
    Nadam(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weightDecay: weightDecay, clipping: clipping)
  }
}
