import Testing

@testable import Lamina

@Suite struct ParameterUpdateTests {
  /// SGD that tells how many parameters came in each call.
  private final class RecordingOptimizer: Optimizer, @unchecked Sendable {
    private let sgd = SGD(learningRate: 1)
    var counts: [Int] = []
    var numbers: [Int] = []
    var learningRates: [Float] = []
    let className = "RecordingOptimizer"
    let name = "recording"
    let slots = [OptimizerSlot("first"), OptimizerSlot("second", initialValue: 2)]
    let weightDecay: WeightDecay? = nil
    let clipping: GradientClipping? = nil
    var configuration: [JSON.Member] { [] }
    var learningRate: LearningRate { 0.5 }

    func update(_ step: OptimizerStep) {
      counts.append(step.parameters.count)
      numbers.append(step.number)
      learningRates.append(step.learningRate)
      for slot in step.slots { slot[0, 0] += 1 }
      sgd.update(step)
    }
  }

  @Test func neighboursAreUpdatedInOneCall() {
    let optimizer = RecordingOptimizer()
    let training = OptimizerSteps(optimizer, ["a": [1, 2], "b": [3], "c": [4, 5, 6]])
    #expect(training.step([1, 1, 1, 1, 1, 1]) == [0.5, 1.5, 2.5, 3.5, 4.5, 5.5])
    training.applyGradients()
    #expect(optimizer.counts == [6, 6])
    #expect(optimizer.numbers == [1, 2])
    #expect(optimizer.learningRates == [0.5, 0.5])
  }

  @Test func frozenVariablesStay() {
    let optimizer = RecordingOptimizer()
    let training = OptimizerSteps(
      optimizer, ["a": [1], "b": [2], "c": [3, 4], "d": [5], "e": [6], "f": [7]],
      frozen: ["c", "f"])
    #expect(training.step([1, 1, 1, 1, 1, 1, 1]) == [0.5, 1.5, 3, 4, 4.5, 5.5, 7])
    #expect(optimizer.counts == [2, 2])
    #expect(training.slots[0].toArray() == [1, 0, 0, 0, 1, 0, 0])
    #expect(training.slots[1].toArray() == [3, 2, 2, 2, 3, 2, 2])
  }

  @Test func nothingHappensWhereAllIsFrozen() {
    let training = OptimizerSteps(
      SGD(learningRate: 1, weightDecay: 0.5, clipping: .globalNorm(1)), ["a": [1]],
      frozen: ["a"])
    #expect(training.step([5]) == [1])
  }

  @Test func valuesAreClipped() {
    let training = OptimizerSteps(
      SGD(learningRate: 1, clipping: .value(0.5)), ["a": [0, 0], "b": [0, 0]])
    #expect(training.step([0.25, -3, 3, -0.5]) == [-0.25, 0.5, -0.5, 0.5])
    #expect(training.step([.infinity, 0, 0, 0])[0] == -0.75)
    #expect(training.step([.nan, 0, 0, 0])[0].isNaN)
  }

  @Test func normIsThatOfAVariable() {
    let training = OptimizerSteps(
      SGD(learningRate: 1, clipping: .norm(1)), ["a": [0, 0], "b": [0, 0]])
    // Norms 5 and 0.5.
    expectClose(training.step([3, -4, 0.3, 0.4]), [-0.6, 0.8, -0.3, -0.4])
  }

  @Test func globalNormIsThatOfAllVariables() {
    let training = OptimizerSteps(
      SGD(learningRate: 1, clipping: .globalNorm(1)), ["a": [0], "b": [0, 0], "c": [0]],
      frozen: ["b"])
    // The frozen variable's gradients do not count.
    expectClose(training.step([3, 100, 100, -4]), [-0.6, 0, 0, 0.8])
    expectClose(training.step([0.3, 100, 100, 0.4]), [-0.9, 0, 0, 0.4])
  }

  @Test func smallGradientsAreNotTouched() {
    for clipping in [GradientClipping.norm(1), .globalNorm(1), .value(1)] {
      let training = OptimizerSteps(SGD(learningRate: 1, clipping: clipping), ["a": [0, 0]])
      #expect(training.step([0.1, 0.7]) == [-0.1, -0.7])
      #expect(training.step([0, 0]) == [-0.1, -0.7])
    }
  }

  @Test func largeGradientsDoNotOverflow() {
    for clipping in [GradientClipping.norm(1), .globalNorm(1)] {
      let training = OptimizerSteps(SGD(learningRate: 1, clipping: clipping), ["a": [0, 0]])
      expectClose(training.step([3e30, -4e30]), [-0.6, 0.8])
    }
  }

  @Test func infiniteNormsAreKerass() {
    let perVariable = OptimizerSteps(
      SGD(learningRate: 1, clipping: .norm(1)), ["a": [0, 0], "b": [0]])
    let steps = perVariable.step([.infinity, 1, 1])
    #expect(steps[0].isNaN)
    #expect(Array(steps[1...]) == [0, -1])
    let global = OptimizerSteps(
      SGD(learningRate: 1, clipping: .globalNorm(1)), ["a": [0, 0], "b": [0]])
    #expect(global.step([.infinity, 1, 1]).allSatisfy { $0.isNaN })
  }

  @Test func limitsOfNothingDoNotClip() {
    for clipping in [GradientClipping.norm(0), .globalNorm(-1), .value(0)] {
      let training = OptimizerSteps(SGD(learningRate: 1, clipping: clipping), ["a": [0]])
      #expect(training.step([5]) == [-5])
    }
  }

  @Test func parametersDecayByTheLearningRate() {
    let training = OptimizerSteps(
      SGD(learningRate: 0.5, weightDecay: WeightDecay(0.5, excluding: ["bias"])),
      ["kernel": [8], "bias": [8], "dense_1/kernel": [16], "dense_1/bias": [16]])
    #expect(training.step([0, 0, 2, 2]) == [6, 8, 11, 15])
  }

  @Test func frozenVariablesDoNotDecay() {
    let training = OptimizerSteps(
      SGD(learningRate: 0.5, weightDecay: 0.5), ["a": [8], "b": [8]], frozen: ["a"])
    #expect(training.step([0, 0]) == [8, 6])
  }

  @Test func smallDecaysAreNotRoundedAway() {
    // 1 - 1e-6 is no float32; the decayed parameter would be 5 % off.
    let training = OptimizerSteps(
      SGD(learningRate: 0.001, weightDecay: 0.001), ["kernel": [1_000_000]])
    for _ in 0..<10 { training.step([0]) }
    #expect(training.parameters.toArray() == [999_990])
  }

  @Test func scheduleIsFollowed() {
    let training = OptimizerSteps(
      SGD(learningRate: .schedule(.piecewiseConstantDecay(boundaries: [0], values: [1, 0.5]))),
      ["kernel": [4]])
    #expect(training.steps([[1], [1], [1]]) == [[3], [2.5], [2]])
  }

  @Test func stepsAllocateNothing() throws {
    try AllocationCounter.run("ParameterUpdateTests/stepsAllocateNothing") {
      let decay = WeightDecay(0.1, excluding: ["bias"])
      let optimizers: [any Optimizer] = [
        .sgd(momentum: 0.9, weightDecay: decay, clipping: .value(0.1)),
        .adam(
          learningRate: .schedule(.cosineDecay(0.1, decaySteps: 10)), clipping: .norm(0.1)),
        .adamW(weightDecay: decay, clipping: .globalNorm(0.1)),
        .nadam(), .rmsprop(momentum: 0.9, centered: true), .adagrad(),
      ]
      #expect(AllocationCounter.current > 0)
      for optimizer in optimizers {
        let training = OptimizerSteps(
          optimizer, ["kernel": [1, 2, 3], "frozen": [4], "bias": [5, 6]], frozen: ["frozen"])
        training.step([1, 2, 3, 4, 5, 6])
        let before = AllocationCounter.current
        for _ in 0..<10 { training.applyGradients() }
        #expect(AllocationCounter.current - before == 0, "\(optimizer.className)")
      }
    }
  }
}
