import Testing

@testable import Lamina

@Suite struct CosineDecayTests {
  @Test func rateFallsAlongHalfACosine() {
    let schedule = CosineDecay(2, decaySteps: 4)
    expectClose(
      (0...6).map { schedule.learningRate(atStep: $0) }, [2, 1.7071068, 1, 0.2928932, 0, 0, 0])
  }

  @Test func alphaIsWhatStays() {
    let schedule = CosineDecay(2, decaySteps: 4, alpha: 0.5)
    expectClose([0, 2, 4, 9].map { schedule.learningRate(atStep: $0) }, [2, 1.5, 1, 1])
  }

  @Test func warmUpGoesStraightToItsTarget() {
    let schedule = CosineDecay(0.5, decaySteps: 2, warmUpTarget: 2.5, warmUpSteps: 4)
    expectClose(
      (0...7).map { schedule.learningRate(atStep: $0) }, [0.5, 1, 1.5, 2, 2.5, 1.25, 0, 0])
  }

  @Test func warmUpWithoutATargetIsNone() {
    let schedule = CosineDecay(2, decaySteps: 2, warmUpSteps: 4)
    expectClose((0...2).map { schedule.learningRate(atStep: $0) }, [2, 1, 0])
  }

  @Test func stepsMustBeInRange() {
    expectError(.invalidArgument, "decay_steps must be at least 1, got 0") {
      try CosineDecay(1, decaySteps: 0).check()
    }
    expectError(.invalidArgument, "warmup_steps must be at least 0, got -1") {
      try CosineDecay(1, decaySteps: 1, warmUpSteps: -1).check()
    }
  }
}
