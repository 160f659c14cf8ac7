import Testing

@testable import Lamina

@Suite struct PredictTests {
  @Test func batchGivesARowForEachSample() throws {
    let model = try smallModel()
    let data = try clusters(300)
    let outputs = try model.predict(data.batch())
    #expect(outputs.shape == [300, 3])
    let single = try model.predict(Tensor(shape: [1, 4], elements: data.rows[299]))
    expectClose(single.elements, Array(outputs.elements.suffix(3)))
  }

  @Test func noSamplesGiveNoOutputs() throws {
    let outputs = try smallModel().predict(Tensor(shape: [0, 4], elements: []))
    #expect(outputs.shape == [0, 3])
    #expect(outputs.elements.isEmpty)
  }

  @Test func networkWithoutComputationGivesItsInput() throws {
    let model = try Sequential { Dropout(0.5, inputShape: [2, 2]) }
    let samples = try Tensor(shape: [1, 2, 2], elements: [1, 2, 3, 4])
    #expect(try model.predict(samples) == samples)
  }

  @Test func samplesMustFit() throws {
    let model = try smallModel()
    for shape in [[4], [2, 3], [1, 2, 2], []] as [Shape] {
      expectError(.invalidArgument, "sequential", "shape [4]", "got \(shape)") {
        let count = try #require(shape.checkedElementCount)
        _ = try model.predict(
          Tensor(shape: shape, elements: [Float](repeating: 0, count: count)))
      }
    }
    expectError(.invalidArgument, "not built") {
      _ = try Sequential { Dense(2) }.predict(Tensor(shape: [1, 4], elements: [1, 2, 3, 4]))
    }
  }

  @Test func probabilitiesAreASoftmaxUnlessTheyAreOne() throws {
    let bytes: [UInt8] = [0, 50, 100, 250]
    for activation in [ActivationFunction.linear, .softmax] {
      let model = try Sequential(seed: 3) { Dense(3, activation: activation, inputShape: [4]) }
      model.preprocessing = .mnist
      let session = try Session(model)
      #expect(session.givesProbabilities == (activation == .softmax))
      let probabilities = try session.probabilities(of: bytes)
      let scores = try model.predict(
        Tensor(shape: [1, 4], elements: bytes.map { Float($0) / 255 }))
      let expected = matrix(scores.elements)
      if activation == .linear { expected.applySoftmax() }
      expectClose(probabilities, expected.toArray())
      expectClose([probabilities.reduce(0, +)], [1])
      expectError(.invalidArgument, "sample of 4 bytes, got 3") {
        _ = try session.probabilities(of: [1, 2, 3])
      }
    }
  }
}
