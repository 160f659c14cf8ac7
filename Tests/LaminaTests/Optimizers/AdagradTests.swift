import Testing

@testable import Lamina

@Suite struct AdagradTests {
  @Test func accumulatorStartsAtATenth() {
    let training = OptimizerSteps(
      Adagrad(learningRate: 1.1, epsilon: 0.11), ["kernel": [1]])
    // The root of 0.1 + 1 + 0.11 is 1.1.
    expectClose(training.step([1]), [0])
    #expect(Adagrad().slots == [OptimizerSlot("accumulator", initialValue: 0.1)])
  }

  @Test func earlierGradientsMakeStepsSmaller() {
    let training = OptimizerSteps(
      Adagrad(learningRate: 1, initialAccumulatorValue: 0, epsilon: 0), ["kernel": [1]])
    // The roots of 9 and of 9 + 16.
    expectClose(training.step([3]), [0])
    expectClose(training.step([4]), [-0.8])
  }

  @Test func parametersWithoutGradientsStay() {
    let training = OptimizerSteps(Adagrad(learningRate: 1), ["kernel": [1, 2]])
    #expect(training.step([0, 0]) == [1, 2])
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(Adagrad().configuration).text
        == #"{"learning_rate":0.001,"weight_decay":null,"clipnorm":null,"global_clipnorm":null,"#
        + #""clipvalue":null,"initial_accumulator_value":0.1,"epsilon":1e-07}"#)
    #expect(Adagrad().name == "adagrad")
  }
}
