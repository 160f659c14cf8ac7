import Testing

@testable import Lamina

@Suite struct AdamWTests {
  @Test func parametersDecayBeforeAdamsStep() {
    let adam = OptimizerSteps(Adam(learningRate: 0.5), ["kernel": [1 - 0.5 * 0.25]])
    let adamW = OptimizerSteps(AdamW(learningRate: 0.5, weightDecay: 0.25), ["kernel": [1]])
    expectClose(adamW.step([0.3]), adam.step([0.3]))
  }

  @Test func parametersWithoutGradientsDecay() {
    let training = OptimizerSteps(
      AdamW(learningRate: 0.5, weightDecay: 0.5), ["kernel": [8, -8], "bias": [4]])
    #expect(training.steps([[0, 0, 0], [0, 0, 0]]) == [[6, -6, 3], [4.5, -4.5, 2.25]])
  }

  @Test func biasesCanBeExcluded() {
    let training = OptimizerSteps(
      AdamW(learningRate: 0.5, weightDecay: WeightDecay(0.5, excluding: ["bias"])),
      ["kernel": [8], "bias": [4]])
    #expect(training.step([0, 0]) == [6, 4])
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(AdamW().configuration).text
        == #"{"learning_rate":0.001,"weight_decay":0.004,"clipnorm":null,"global_clipnorm":null,"#
        + #""clipvalue":null,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07}"#)
    #expect(AdamW().name == "adam_w")
  }
}
