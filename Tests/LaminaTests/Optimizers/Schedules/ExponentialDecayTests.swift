import Testing

@testable import Lamina

@Suite struct ExponentialDecayTests {
  @Test func rateFallsALittleInEachStep() {
    let schedule = ExponentialDecay(1, decaySteps: 2, decayRate: 0.25)
    #expect((0...4).map { schedule.learningRate(atStep: $0) } == [1, 0.5, 0.25, 0.125, 0.0625])
  }

  @Test func staircaseWaitsForWholeSteps() {
    let schedule = ExponentialDecay(1, decaySteps: 2, decayRate: 0.25, staircase: true)
    #expect((0...4).map { schedule.learningRate(atStep: $0) } == [1, 1, 0.25, 0.25, 0.0625])
  }

  @Test func stepsMustBePositive() {
    for steps in [0, -1] {
      expectError(.invalidArgument, "decay_steps must be at least 1, got \(steps)") {
        try ExponentialDecay(1, decaySteps: steps, decayRate: 0.25).check()
      }
    }
  }

  @Test func optimizersCheckTheirSchedule() {
    expectError(.invalidArgument, "decay_steps") {
      try Adam(learningRate: .schedule(.exponentialDecay(1, decaySteps: 0, decayRate: 1))).check()
    }
  }
}
