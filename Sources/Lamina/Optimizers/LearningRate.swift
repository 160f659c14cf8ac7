/// How far an optimizer steps: always the same, or by a schedule.
public enum LearningRate: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  case constant(Double)
  case schedule(any LearningRateSchedule)

  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  /// - Parameter step: how many steps were done before, 0 for the first.
  public func value(atStep step: Int) -> Float {
    switch self {
    case .constant(let value): Float(value)
    case .schedule(let schedule): schedule.learningRate(atStep: step)
    }
  }

  /// A number, or the schedule's class and settings.
  var json: JSON {
    switch self {
    case .constant(let value): .number(of: Float(value))
    case .schedule(let schedule): .described(schedule.className, schedule.configuration)
    }
  }

  /// - Throws: `.invalidArgument` where a setting of the schedule is out of range,
  ///   or the first rate is not a number from 0 on.
  func check() throws(LaminaError) {
    if case .schedule(let schedule) = self { try schedule.check() }
    let first = value(atStep: 0)
    guard first >= 0, first.isFinite else {
      throw LaminaError(.invalidArgument, "expected a learning rate from 0 on, got \(first)")
    }
  }
}

/// A learning rate that follows the steps of the training, not its epochs.
///
/// Source: keras/src/optimizers/schedules/learning_rate_schedule.py
public protocol LearningRateSchedule: AnyObject, Sendable {
  /// Keras's class name, such as "ExponentialDecay".
  var className: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  /// - Throws: `.invalidArgument` where a setting is out of range.
  func check() throws(LaminaError)

  /// - Parameter step: how many steps were done before, 0 for the first.
  func learningRate(atStep step: Int) -> Float
}
