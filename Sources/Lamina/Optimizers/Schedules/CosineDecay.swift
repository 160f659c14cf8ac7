import CSystem

/// A learning rate that falls along half a cosine, from where it starts to
/// `alpha` times that, and stays there:
///
///     learningRate = start ((1 - alpha) (1 + cos(pi step / decaySteps)) / 2 + alpha)
///
/// Without a warm-up, start is `initialLearningRate`. With one, the rate first
/// goes straight from `initialLearningRate` to `warmUpTarget` in `warmUpSteps`
/// steps, and from there, as start, the cosine begins.
///
/// Sources: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm
/// restarts", 2017; CosineDecay in
/// keras/src/optimizers/schedules/learning_rate_schedule.py
public final class CosineDecay: LearningRateSchedule {
  public let initialLearningRate: Double
  /// At least 1.
  public let decaySteps: Int
  /// The last learning rate as a fraction of the cosine's first.
  public let alpha: Double
  /// nil for no warm-up, whatever `warmUpSteps` is.
  public let warmUpTarget: Double?
  public let warmUpSteps: Int
  public let className = "CosineDecay"

  public init(
    _ initialLearningRate: Double, decaySteps: Int, alpha: Double = 0,
    warmUpTarget: Double? = nil, warmUpSteps: Int = 0
  ) {
    self.initialLearningRate = initialLearningRate
    self.decaySteps = decaySteps
    self.alpha = alpha
    self.warmUpTarget = warmUpTarget
    self.warmUpSteps = warmUpSteps
  }

  public func check() throws(LaminaError) {
    guard decaySteps > 0 else {
      throw LaminaError(.invalidArgument, "decay_steps must be at least 1, got \(decaySteps)")
    }
    guard warmUpSteps >= 0 else {
      throw LaminaError(.invalidArgument, "warmup_steps must be at least 0, got \(warmUpSteps)")
    }
  }

  public func learningRate(atStep step: Int) -> Float {
    let start = Float(initialLearningRate)
    guard let warmUpTarget else { return decayed(from: start, step: Float(step)) }
    let target = Float(warmUpTarget)
    guard step < warmUpSteps else {
      return decayed(from: target, step: Float(step) - Float(warmUpSteps))
    }
    return (target - start) * (Float(step) / Float(warmUpSteps)) + start
  }

  private func decayed(from start: Float, step: Float) -> Float {
    let fraction = min(step, Float(decaySteps)) / Float(decaySteps)
    let cosine = 0.5 * (1 + cosf(.pi * fraction))
    return start * (Float(1 - alpha) * cosine + Float(alpha))
  }

  public var configuration: [JSON.Member] {
    var target = JSON.null
    if let warmUpTarget { target = .number(warmUpTarget) }
    return [
      JSON.Member("initial_learning_rate", .number(initialLearningRate)),
      JSON.Member("decay_steps", .integer(decaySteps)),
      JSON.Member("alpha", .number(alpha)),
      JSON.Member("warmup_target", target),
      JSON.Member("warmup_steps", .integer(warmUpSteps)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    var target: Double?
    if configuration["warmup_target"] != nil { target = try configuration.number("warmup_target") }
    self.init(
      try configuration.number("initial_learning_rate"),
      decaySteps: try configuration.integer("decay_steps"),
      alpha: try configuration.number("alpha", default: 0), warmUpTarget: target,
      warmUpSteps: try configuration.integer("warmup_steps", default: 0))
  }
}

extension LearningRateSchedule where Self == CosineDecay {
  public static func cosineDecay(
    _ initialLearningRate: Double, decaySteps: Int, alpha: Double = 0,
    warmUpTarget: Double? = nil, warmUpSteps: Int = 0
  ) -> CosineDecay {
    CosineDecay(
      initialLearningRate, decaySteps: decaySteps, alpha: alpha, warmUpTarget: warmUpTarget,
      warmUpSteps: warmUpSteps)
  }
}
