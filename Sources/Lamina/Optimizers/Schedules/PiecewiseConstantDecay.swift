/// A learning rate that changes at some steps: `values[0]` up to and with step
/// `boundaries[0]`, then `values[1]` up to and with `boundaries[1]`, and so on;
/// the last value after the last boundary.
///
/// Source: PiecewiseConstantDecay in
/// keras/src/optimizers/schedules/learning_rate_schedule.py
public final class PiecewiseConstantDecay: LearningRateSchedule {
  /// Steps, each larger than the one before.
  public let boundaries: [Int]
  /// One more than boundaries.
  public let values: [Double]
  public let className = "PiecewiseConstantDecay"

  public init(boundaries: [Int], values: [Double]) {
    self.boundaries = boundaries
    self.values = values
  }

  public func check() throws(LaminaError) {
    guard !boundaries.isEmpty, values.count == boundaries.count + 1 else {
      throw LaminaError(
        .invalidArgument,
        "expected boundaries and one value more, got \(boundaries.count) and \(values.count)")
    }
    for index in 1..<boundaries.count where boundaries[index] <= boundaries[index - 1] {
      throw LaminaError(
        .invalidArgument,
        "boundaries must increase, got \(boundaries[index]) after \(boundaries[index - 1])")
    }
  }

  public func learningRate(atStep step: Int) -> Float {
    for (boundary, value) in zip(boundaries, values) where step <= boundary {
      return Float(value)
    }
    return Float(values.last ?? 0)
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("boundaries", .array(boundaries.map { .integer($0) })),
      JSON.Member("values", .array(values.map { .number($0) })),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      boundaries: try configuration.integers("boundaries"),
      values: try configuration.numbers("values"))
  }
}

extension LearningRateSchedule where Self == PiecewiseConstantDecay {
  public static func piecewiseConstantDecay(
    boundaries: [Int], values: [Double]
  ) -> PiecewiseConstantDecay {
    PiecewiseConstantDecay(boundaries: boundaries, values: values)
  }
}
