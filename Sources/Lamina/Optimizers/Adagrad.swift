/// Divides the gradient by the root of the sum of all its squares so far, so
/// that parameters that changed much change less:
///
///     a += g^2
///     w -= learningRate g / sqrt(a + epsilon)
///
/// Sources: Duchi et al., "Adaptive subgradient methods for online learning and
/// stochastic optimization", 2011; keras/src/optimizers/adagrad.py
public final class Adagrad: Optimizer {
  public let learningRate: LearningRate
  /// What each a starts at.
  public let initialAccumulatorValue: Double
  public let epsilon: Double
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots: [OptimizerSlot]
  public let className = "Adagrad"
  public let name = "adagrad"

  public init(
    learningRate: LearningRate = 0.001, initialAccumulatorValue: Double = 0.1,
    epsilon: Double = 1e-7, weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) {
    self.learningRate = learningRate
    self.initialAccumulatorValue = initialAccumulatorValue
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.slots = [OptimizerSlot("accumulator", initialValue: Float(initialAccumulatorValue))]
  }

  public func check() throws(LaminaError) {
    try checkSharedSettings()
    try checkNotNegative("initial_accumulator_value", initialAccumulatorValue)
    try checkNotNegative("epsilon", epsilon)
  }

  public func update(_ step: OptimizerStep) {
    step.parameters.stepByAdagrad(
      gradients: step.gradients, accumulators: step.slots[0], learningRate: step.learningRate,
      epsilon: Float(epsilon))
  }

  public var configuration: [JSON.Member] {
    sharedConfiguration + [
      JSON.Member("initial_accumulator_value", .number(initialAccumulatorValue)),
      JSON.Member("epsilon", .number(epsilon)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseUnsupportedOptimizerSettings()
    self.init(
      learningRate: try configuration.learningRate(default: 0.001),
      initialAccumulatorValue: try configuration.number("initial_accumulator_value", default: 0.1),
      epsilon: try configuration.number("epsilon", default: 1e-7),
      weightDecay: try configuration.weightDecay(), clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == Adagrad {
  public static func adagrad(
    learningRate: LearningRate = 0.001, initialAccumulatorValue: Double = 0.1,
    epsilon: Double = 1e-7, weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) -> Adagrad {
    Adagrad(
      learningRate: learningRate, initialAccumulatorValue: initialAccumulatorValue,
      epsilon: epsilon, weightDecay: weightDecay, clipping: clipping)
  }
}
