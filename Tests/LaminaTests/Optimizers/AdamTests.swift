import Testing

@testable import Lamina

@Suite struct AdamTests {
  @Test func epsilonIsAddedToTheUncorrectedRoot() {
    // Textbooks correct the root first, which would give 0.909091.
    let training = OptimizerSteps(Adam(learningRate: 0.1), ["kernel": [1]])
    expectClose(training.step([1e-6]), [0.975975])
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(Adam().configuration).text
        == #"{"learning_rate":0.001,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07}"#)
    #expect(Adam().name == "adam")
  }

  @Test func configurationHasWhatIsSet() {
    let adam = Adam(
      learningRate: .schedule(.exponentialDecay(0.5, decaySteps: 10, decayRate: 0.25)),
      weightDecay: WeightDecay(0.5, excluding: ["bias"]), clipping: .globalNorm(2))
    #expect(
      JSON.object(adam.configuration).text
        == #"{"learning_rate":{"class_name":"ExponentialDecay","config":{"#
        + #""initial_learning_rate":0.5,"decay_steps":10,"decay_rate":0.25,"staircase":false}},"#
        + #""weight_decay":0.5,"exclude_from_weight_decay":["bias"],"global_clipnorm":2.0,"#
        + #""beta_1":0.9,"beta_2":0.999,"epsilon":1e-07}"#)
  }

  @Test func slotsAreKerass() {
    #expect(Adam().slots == [OptimizerSlot("momentum"), OptimizerSlot("velocity")])
  }

  /// Processors compute slowly with the smallest numbers, and means that decay would
  /// stay among them.
  @Test(
    arguments: [Adam(), Nadam(), RMSprop(momentum: 0.9, centered: true), SGD(momentum: 0.9)]
      as [any Optimizer])
  func runningMeansDecayToZero(_ optimizer: any Optimizer) {
    let training = OptimizerSteps(optimizer, ["kernel": [1, -2]])
    training.step([1e-3, -1e-4])
    training.step([0, 0])
    for _ in 0..<3000 {
      training.step([0, 0])
      #expect(training.slots.allSatisfy { $0.toArray().allSatisfy { !$0.isSubnormal } })
    }
    #expect(training.slots[0].toArray().allSatisfy { $0 == 0 })
  }

  @Test func smallMeansCountWithoutAnEpsilon() {
    let training = OptimizerSteps(Adam(learningRate: 0.1, epsilon: 0), ["kernel": [1]])
    expectClose(training.step([1e-17]), [0.9])
    let slots = training.slots.map { $0[0, 0] }
    #expect(slots[0] > 0 && slots[1] > 0)
  }
}
