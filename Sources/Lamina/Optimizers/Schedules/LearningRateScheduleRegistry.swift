/// The learning rate schedules that a configuration can name.
enum LearningRateScheduleRegistry {
  /// - Parameter json: `{"class_name": "ExponentialDecay", "config": {...}}`
  /// - Throws: `.format`, `.invalidArgument` or `.unsupported`, saying what is wrong.
  static func make(_ json: JSON) throws(LaminaError) -> any LearningRateSchedule {
    do {
      let described = try DescribedObject(json)
      let schedule = try make(described.className, described.configuration)
      try schedule.check()
      return schedule
    } catch {
      throw error.at("schedule")
    }
  }

  private static func make(
    _ className: String, _ configuration: Configuration
  ) throws(LaminaError) -> any LearningRateSchedule {
    switch className {
    case "CosineDecay": return try CosineDecay(configuration: configuration)
    case "ExponentialDecay": return try ExponentialDecay(configuration: configuration)
    case "PiecewiseConstantDecay": return try PiecewiseConstantDecay(configuration: configuration)
    default:
      throw LaminaError(
        .unsupported,
        "unknown class \"\(className)\"; known: CosineDecay, ExponentialDecay, "
          + "PiecewiseConstantDecay")
    }
  }
}
