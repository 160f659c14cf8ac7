import Testing

@testable import Lamina

@Suite struct RMSpropTests {
  @Test func epsilonIsInsideTheRoot() {
    let training = OptimizerSteps(
      RMSprop(learningRate: 0.5, rho: 0.5, epsilon: 2), ["kernel": [1]])
    // v = 2, so the root is 2.
    #expect(training.step([2]) == [0.5])
  }

  @Test func centeredDividesByTheDeviation() {
    let training = OptimizerSteps(
      RMSprop(learningRate: 0.5, rho: 0.5, epsilon: 3, centered: true), ["kernel": [1]])
    // v = 2, a = 1.
    #expect(training.step([2]) == [0.5])
  }

  @Test func momentumKeepsEarlierSteps() {
    let training = OptimizerSteps(
      RMSprop(learningRate: 0.5, rho: 0.5, momentum: 0.5, epsilon: 2), ["kernel": [1]])
    #expect(training.steps([[2], [0]]) == [[0.5], [0.25]])
  }

  @Test func slotsAreThoseInUse() {
    #expect(RMSprop().slots.map(\.name) == ["velocity"])
    #expect(RMSprop(momentum: 0.9).slots.map(\.name) == ["velocity", "momentum"])
    #expect(RMSprop(centered: true).slots.map(\.name) == ["velocity", "average_gradient"])
    #expect(
      RMSprop(momentum: 0.9, centered: true).slots.map(\.name)
        == ["velocity", "momentum", "average_gradient"])
  }

  @Test func loopsAreRightAtEverySize() {
    for (momentum, centered) in [(0.0, false), (0.0, true), (0.5, false), (0.5, true)] {
      let optimizer = RMSprop(learningRate: 0.5, momentum: momentum, centered: centered)
      for count in oddSizes {
        let training = OptimizerSteps(
          optimizer, ["kernel": [Float](repeating: 1, count: count)])
        let one = OptimizerSteps(optimizer, ["kernel": [1]])
        let gradients = [Float](repeating: 0.25, count: count)
        for _ in 0..<3 {
          let expected = one.step([0.25])[0]
          expectClose(training.step(gradients), [Float](repeating: expected, count: count))
        }
        for view in [training.parameters, training.gradients] + training.slots {
          #expect(isFramed(view))
        }
      }
    }
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(RMSprop().configuration).text
        == #"{"learning_rate":0.001,"weight_decay":null,"clipnorm":null,"global_clipnorm":null,"#
        + #""clipvalue":null,"rho":0.9,"momentum":0.0,"epsilon":1e-07,"centered":false}"#)
    #expect(RMSprop().name == "rm_sprop")
  }
}
