/// Steps against the gradient, or against its running sum:
///
///     without momentum:  w -= learningRate g
///     with momentum:     m = momentum m - learningRate g;  w += m
///     Nesterov:          m = momentum m - learningRate g;  w += momentum m - learningRate g
///
/// Sources: Sutskever et al., "On the importance of initialization and momentum
/// in deep learning", 2013; keras/src/optimizers/sgd.py
public final class SGD: Optimizer {
  public let learningRate: LearningRate
  /// How much of the sum stays in a step, 0 to 1; 0 is none.
  public let momentum: Double
  /// Whether the step looks ahead; without momentum it changes nothing.
  public let nesterov: Bool
  public let weightDecay: WeightDecay?
  public let clipping: GradientClipping?
  public let slots: [OptimizerSlot]
  public let className = "SGD"
  public let name = "sgd"

  public init(
    learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.clipping = clipping
    self.slots = momentum == 0 ? [] : [OptimizerSlot("momentum")]
  }

  public func check() throws(LaminaError) {
    try checkSharedSettings()
    try checkFraction("momentum", momentum)
  }

  public func update(_ step: OptimizerStep) {
    if momentum == 0 {
      step.parameters.stepBySGD(gradients: step.gradients, learningRate: step.learningRate)
    } else if nesterov {
      step.parameters.stepByNesterov(
        gradients: step.gradients, momentums: step.slots[0], learningRate: step.learningRate,
        momentum: Float(momentum))
    } else {
      step.parameters.stepBySGD(
        gradients: step.gradients, momentums: step.slots[0], learningRate: step.learningRate,
        momentum: Float(momentum))
    }
  }

  public var configuration: [JSON.Member] {
    sharedConfiguration + [
      JSON.Member("momentum", .number(momentum)),
      JSON.Member("nesterov", .boolean(nesterov)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseUnsupportedOptimizerSettings()
    self.init(
      learningRate: try configuration.learningRate(default: 0.01),
      momentum: try configuration.number("momentum", default: 0),
      nesterov: try configuration.boolean("nesterov", default: false),
      weightDecay: try configuration.weightDecay(), clipping: try configuration.clipping())
  }
}

extension Optimizer where Self == SGD {
  public static func sgd(
    learningRate: LearningRate = 0.01, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: WeightDecay? = nil, clipping: GradientClipping? = nil
  ) -> SGD {
    SGD(
      learningRate: learningRate, momentum: momentum, nesterov: nesterov,
      weightDecay: weightDecay, clipping: clipping)
  }
}
