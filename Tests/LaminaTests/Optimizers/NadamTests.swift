import Testing

@testable import Lamina

@Suite struct NadamTests {
  @Test func firstStepHasTheScheduledMomentums() {
    // u_1 = 0.468, u_2 = 0.48528: n = g (0.1 u_2 / (1 - u_1 u_2) + 1), and v is
    // corrected to g^2.
    let training = OptimizerSteps(Nadam(learningRate: 0.1), ["kernel": [1, 1]])
    expectClose(training.step([2, -0.01]), [0.8937212, 1.1062788])
  }

  @Test func epsilonIsAddedToTheCorrectedRoot() {
    let training = OptimizerSteps(Nadam(learningRate: 0.1, epsilon: 0.5), ["kernel": [1]])
    expectClose(training.step([0.5]), [1 - 0.10627878 / 2])
  }

  @Test func momentumProductIsThatOfAllSteps() {
    for beta1 in [0.9, 0.999, 1] {
      let nadam = Nadam(beta1: beta1)
      var (product, decay) = (1.0, 1.0)
      for step in 1...3000 {
        decay *= 0.96
        product *= beta1 * (1 - 0.5 * decay)
        expectClose(
          Double(nadam.momentumProduct(upTo: step)), product, absolute: 1e-37, relative: 1e-6)
      }
    }
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(Nadam().configuration).text
        == #"{"learning_rate":0.001,"weight_decay":null,"clipnorm":null,"global_clipnorm":null,"#
        + #""clipvalue":null,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07}"#)
    #expect(Nadam().name == "nadam")
    #expect(Nadam().slots == [OptimizerSlot("momentum"), OptimizerSlot("velocity")])
  }
}
