import Testing

@testable import Lamina

@Suite struct SGDTests {
  @Test func stepIsLearningRateTimesGradient() {
    let training = OptimizerSteps(SGD(learningRate: 0.5), ["kernel": [1, -1]])
    #expect(training.steps([[1, 2], [0.5, 0]]) == [[0.5, -2], [0.25, -2]])
  }

  @Test func momentumKeepsEarlierSteps() {
    let training = OptimizerSteps(SGD(learningRate: 0.25, momentum: 0.5), ["kernel": [1]])
    // m = -0.25, -0.375, -0.1875
    #expect(training.steps([[1], [1], [0]]) == [[0.75], [0.375], [0.1875]])
  }

  @Test func nesterovLooksAhead() {
    let training = OptimizerSteps(
      SGD(learningRate: 0.25, momentum: 0.5, nesterov: true), ["kernel": [1]])
    // m = -0.25, -0.375; m / 2 - g / 4 = -0.375, -0.4375
    #expect(training.steps([[1], [1]]) == [[0.625], [0.1875]])
  }

  @Test func nesterovWithoutMomentumIsPlain() {
    let training = OptimizerSteps(SGD(learningRate: 0.5, nesterov: true), ["kernel": [1]])
    #expect(training.step([1]) == [0.5])
  }

  @Test func onlyMomentumKeepsASlot() {
    #expect(SGD().slots == [])
    #expect(SGD(momentum: 0.9).slots == [OptimizerSlot("momentum")])
  }

  @Test func momentumOutOfRangeIsRefused() {
    for momentum in [-0.1, 1.1, .nan] {
      expectError(.invalidArgument, "momentum must be 0 to 1, got \(momentum)") {
        try SGD(momentum: momentum).check()
      }
    }
  }

  @Test func loopsAreRightAtEverySize() {
    for count in oddSizes {
      for optimizer in [
        SGD(learningRate: 0.5), SGD(learningRate: 0.5, momentum: 0.5),
        SGD(learningRate: 0.5, momentum: 0.5, nesterov: true),
      ] {
        let training = OptimizerSteps(
          optimizer, ["kernel": [Float](repeating: 1, count: count)])
        let one = OptimizerSteps(optimizer, ["kernel": [1]])
        let gradients = [Float](repeating: 0.25, count: count)
        for _ in 0..<3 {
          let expected = one.step([0.25])[0]
          #expect(training.step(gradients) == [Float](repeating: expected, count: count))
        }
        for view in [training.parameters, training.gradients] + training.slots {
          #expect(isFramed(view))
        }
      }
    }
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(SGD().configuration).text
        == #"{"learning_rate":0.01,"weight_decay":null,"clipnorm":null,"global_clipnorm":null,"#
        + #""clipvalue":null,"momentum":0.0,"nesterov":false}"#)
    #expect(SGD().name == "sgd")
  }
}
