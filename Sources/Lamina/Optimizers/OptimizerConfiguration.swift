extension Optimizer {
  /// The settings that all optimizers share, by Keras's names. Keras keeps no
  /// "exclude_from_weight_decay"; it is there where something is excluded.
  var sharedConfiguration: [JSON.Member] {
    var members = [
      JSON.Member("learning_rate", learningRate.json),
      JSON.Member("weight_decay", .numberOrNull(weightDecay?.rate)),
    ]
    if let excluded = weightDecay?.excluded, !excluded.isEmpty {
      members.append(
        JSON.Member("exclude_from_weight_decay", .array(excluded.map { .string($0) })))
    }
    var limits: (norm: Double?, globalNorm: Double?, value: Double?)
    switch clipping {
    case .norm(let limit)?: limits.norm = limit
    case .globalNorm(let limit)?: limits.globalNorm = limit
    case .value(let limit)?: limits.value = limit
    case nil: break
    }
    return members + [
      JSON.Member("clipnorm", .numberOrNull(limits.norm)),
      JSON.Member("global_clipnorm", .numberOrNull(limits.globalNorm)),
      JSON.Member("clipvalue", .numberOrNull(limits.value)),
    ]
  }
}

extension JSON {
  fileprivate static func numberOrNull(_ value: Double?) -> JSON {
    if let value { .number(value) } else { .null }
  }
}

/// The settings that all optimizers share.
extension Configuration {
  func learningRate(default value: LearningRate) throws(LaminaError) -> LearningRate {
    guard let found = self["learning_rate"] else { return value }
    if let number = found.numberValue { return .constant(number) }
    guard found["class_name"] != nil else { throw wrong("learning_rate", "a number or a schedule") }
    do {
      return .schedule(try LearningRateScheduleRegistry.make(found))
    } catch {
      throw error.at("learning_rate")
    }
  }

  func weightDecay(default value: WeightDecay? = nil) throws(LaminaError) -> WeightDecay? {
    var decay = value
    if self["weight_decay"] != nil { decay = WeightDecay(try number("weight_decay")) }
    guard let found = self["exclude_from_weight_decay"] else { return decay }
    let excluded = (found.arrayValue ?? []).compactMap { $0.stringValue }
    guard let parts = found.arrayValue, parts.count == excluded.count else {
      throw wrong("exclude_from_weight_decay", "a list of strings")
    }
    decay?.excluded = excluded
    return decay
  }

  func clipping() throws(LaminaError) -> GradientClipping? {
    var clippings: [GradientClipping] = []
    if self["clipnorm"] != nil { clippings.append(.norm(try number("clipnorm"))) }
    if self["global_clipnorm"] != nil {
      clippings.append(.globalNorm(try number("global_clipnorm")))
    }
    if self["clipvalue"] != nil { clippings.append(.value(try number("clipvalue"))) }
    guard clippings.count <= 1 else {
      throw LaminaError(
        .invalidArgument,
        "expected one of clipnorm, global_clipnorm and clipvalue, got \(clippings.count)")
    }
    return clippings.first
  }

  /// Refuses what Keras's optimizers can do and Lamina's cannot.
  ///
  /// - Throws: `.unsupported`
  func refuseUnsupportedOptimizerSettings() throws(LaminaError) {
    for key in ["amsgrad", "use_ema"] where try boolean(key, default: false) {
      throw LaminaError(.unsupported, "\"\(key)\" is true; known: false")
    }
    for key in ["loss_scale_factor", "gradient_accumulation_steps"] { try require(key) }
  }
}
