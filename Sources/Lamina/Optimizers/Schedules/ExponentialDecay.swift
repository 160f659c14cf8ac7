import CSystem

/// A learning rate that is multiplied by `decayRate` every `decaySteps` steps,
/// a little in each step:
///
///     learningRate = initial decayRate^(step / decaySteps)
///
/// Where it is a staircase, the exponent is rounded down.
///
/// Source: ExponentialDecay in
/// keras/src/optimizers/schedules/learning_rate_schedule.py
public final class ExponentialDecay: LearningRateSchedule {
  public let initialLearningRate: Double
  /// At least 1.
  public let decaySteps: Int
  public let decayRate: Double
  public let staircase: Bool
  public let className = "ExponentialDecay"

  public init(
    _ initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
  ) {
    self.initialLearningRate = initialLearningRate
    self.decaySteps = decaySteps
    self.decayRate = decayRate
    self.staircase = staircase
  }

  public func check() throws(LaminaError) {
    guard decaySteps > 0 else {
      throw LaminaError(.invalidArgument, "decay_steps must be at least 1, got \(decaySteps)")
    }
  }

  public func learningRate(atStep step: Int) -> Float {
    let exponent = Float(step) / Float(decaySteps)
    let power = powf(Float(decayRate), staircase ? exponent.rounded(.down) : exponent)
    return Float(initialLearningRate) * power
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("initial_learning_rate", .number(initialLearningRate)),
      JSON.Member("decay_steps", .integer(decaySteps)),
      JSON.Member("decay_rate", .number(decayRate)),
      JSON.Member("staircase", .boolean(staircase)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      try configuration.number("initial_learning_rate"),
      decaySteps: try configuration.integer("decay_steps"),
      decayRate: try configuration.number("decay_rate"),
      staircase: try configuration.boolean("staircase", default: false))
  }
}

extension LearningRateSchedule where Self == ExponentialDecay {
  public static func exponentialDecay(
    _ initialLearningRate: Double, decaySteps: Int, decayRate: Double, staircase: Bool = false
  ) -> ExponentialDecay {
    ExponentialDecay(
      initialLearningRate, decaySteps: decaySteps, decayRate: decayRate, staircase: staircase)
  }
}
