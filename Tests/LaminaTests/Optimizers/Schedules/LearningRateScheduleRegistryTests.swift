import Testing

@testable import Lamina

@Suite struct LearningRateScheduleRegistryTests {
  private func make(_ text: String) throws -> any LearningRateSchedule {
    try LearningRateScheduleRegistry.make(JSON(parsing: text))
  }

  @Test func defaultsAreKerass() throws {
    let cosine = try make(
      #"{"class_name":"CosineDecay","config":{"initial_learning_rate":0.5,"decay_steps":3}}"#)
    #expect(
      JSON.object(cosine.configuration).text
        == #"{"initial_learning_rate":0.5,"decay_steps":3,"alpha":0.0,"warmup_target":null,"#
        + #""warmup_steps":0}"#)
    let exponential = try make(
      #"{"class_name":"ExponentialDecay","config":{"initial_learning_rate":0.5,"#
        + #""decay_steps":3,"decay_rate":0.25}}"#)
    #expect(
      JSON.object(exponential.configuration).text
        == #"{"initial_learning_rate":0.5,"decay_steps":3,"decay_rate":0.25,"staircase":false}"#)
  }

  @Test func unknownClassesAreRefused() {
    expectError(.unsupported, "\"Up\"", "CosineDecay, ExponentialDecay, PiecewiseConstantDecay") {
      _ = try make(#"{"class_name":"Up","config":{}}"#)
    }
  }

  @Test func wrongSettingsAreRefused() {
    for (text, kind, fragment) in [
      (
        #"{"class_name":"CosineDecay","config":{"initial_learning_rate":0.5}}"#,
        LaminaError.Kind.format, "\"decay_steps\" is missing"
      ),
      (
        #"{"class_name":"PiecewiseConstantDecay","config":{"boundaries":[1.5],"values":[1,2]}}"#,
        .format, "boundaries"
      ),
      (
        #"{"class_name":"PiecewiseConstantDecay","config":{"boundaries":[1],"values":[1]}}"#,
        .invalidArgument, "got 1 and 1"
      ),
      (
        #"{"class_name":"ExponentialDecay","config":{"initial_learning_rate":0.5,"#
          + #""decay_steps":0,"decay_rate":0.25}}"#,
        .invalidArgument, "got 0"
      ),
    ] {
      expectError(kind, "schedule: ", fragment) { _ = try make(text) }
    }
  }
}
