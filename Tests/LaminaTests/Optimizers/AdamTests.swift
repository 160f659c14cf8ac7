import Testing

@testable import Lamina

@Suite struct AdamTests {
  /// One of Adam's trainings, the parameters after each step.
  private func steps(_ adam: Adam, _ golden: KerasGoldens.Adam) -> [[Float]] {
    let parameters = matrix(golden.start)
    let slots = [matrix(1, golden.start.count), matrix(1, golden.start.count)]
    return golden.gradients.enumerated().map { index, gradients in
      adam.update(
        parameters, gradients: matrix(gradients), slots: slots, step: index + 1,
        learningRate: adam.learningRate)
      return parameters.toArray()
    }
  }

  @Test func stepsAreKerass() throws {
    let goldens = try KerasGoldens.load("adam.json", as: KerasGoldens.Cases<KerasGoldens.Adam>.self)
    #expect(goldens.cases.count == 4)
    for golden in goldens.cases {
      let settings = golden.settings
      let adam = Adam(
        learningRate: settings["learning_rate"] ?? 0.001, beta1: settings["beta_1"] ?? 0.9,
        beta2: settings["beta_2"] ?? 0.999, epsilon: settings["epsilon"] ?? 1e-7)
      for (step, values) in steps(adam, golden).enumerated() {
        expectClose(values, golden.steps[step], "step \(step + 1) of \(settings)")
      }
    }
  }

  @Test func epsilonIsAddedToTheUncorrectedRoot() {
    // Textbooks correct the root first, which would give 0.909091.
    let golden = KerasGoldens.Adam(settings: [:], start: [1], gradients: [[1e-6]], steps: [])
    let values = steps(Adam(learningRate: 0.1), golden)
    expectClose(values[0], [0.975975])
  }

  @Test func configurationIsKerass() {
    #expect(
      JSON.object(Adam().configuration).text
        == #"{"learning_rate":0.001,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07}"#)
    #expect(Adam().name == "adam")
    #expect(Adam().slotNames.count == 2)
  }
}
