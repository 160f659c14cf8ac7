import Testing

@testable import Lamina

@Suite struct ActivationTests {
  @Test func namesAreKerass() throws {
    #expect(Activation.all.map { $0.name } == ["linear", "relu", "sigmoid", "tanh", "softmax"])
    for activation in Activation.all {
      #expect(try Activation(named: activation.name) == activation)
    }
    expectError(.unsupported, "\"swish\"", "linear, relu, sigmoid, tanh, softmax") {
      _ = try Activation(named: "swish")
    }
  }

  @Test func extremeScoresSaturate() {
    func apply(_ activation: Activation, _ values: [Float]) -> [Float] {
      let view = matrix(values)
      activation.apply(to: view)
      #expect(isFramed(view))
      return view.toArray()
    }
    let extreme: [Float] = [-.infinity, -1000, 0, 1000, .infinity]
    #expect(apply(.sigmoid, extreme) == [0, 0, 0.5, 1, 1])
    #expect(apply(.tanh, extreme) == [-1, -1, 0, 1, 1])
    #expect(apply(.relu, extreme) == [0, 0, 0, 1000, .infinity])
    #expect(apply(.linear, extreme) == extreme)
    #expect(apply(.softmax, [1000, -1000, 1000]) == [0.5, 0, 0.5])
    #expect(apply(.softmax, [-.infinity, 0]) == [0, 1])
  }

  @Test func softmaxRowsAreProbabilities() {
    var generator = SeededGenerator(seed: 1)
    let view = matrix(9, 13, from: &generator)
    let before = view.toArray()
    view.applySoftmax()
    for row in 0..<9 {
      let probabilities = (0..<13).map { view[row, $0] }
      #expect(probabilities.allSatisfy { $0 > 0 && $0 < 1 })
      expectClose([probabilities.reduce(0, +)], [1])
      // Ratios of probabilities are powers of differences of scores.
      let scores = Array(before[row * 13..<(row + 1) * 13])
      #expect(scores.indices.max { scores[$0] < scores[$1] } == view.indexOfLargest(inRow: row))
    }
  }

  @Test func softmaxOfNoColumnsIsNothing() {
    matrix(3, 0).applySoftmax()
    matrix(0, 3).applySoftmax()
  }
}
