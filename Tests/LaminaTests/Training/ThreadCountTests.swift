import Testing

@testable import Lamina

@Suite struct ThreadCountTests {
  /// Large enough that the layers' work is shared.
  private func model() throws -> Sequential {
    let model = try Sequential(seed: 4) {
      Activation(.tanh, inputShape: [24, 24, 8])
      MaxPooling2D()
      Dropout(0.3)
      Activation(.softmax)
      AveragePooling2D(poolSize: 2, strides: 1)
      Flatten()
      Dense(40, activation: .relu)
      Dense(3)
    }
    try model.compile(
      optimizer: .adam(learningRate: 0.01),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    return model
  }

  private func data() throws -> Dataset {
    let flat = try clusters(70, features: 24 * 24 * 8)
    return try Dataset(
      features: flat.inputs[0].elements, sampleShape: [24, 24, 8], labels: flat.labels)
  }

  @Test func trainingsAreTheSameToTheBitOnAnyNumberOfThreads() throws {
    let data = try data()
    var results: [(weights: [UInt32], values: [NamedValue])] = []
    for threadCount in [1, 2, 3] {
      let model = try model()
      model.threadCount = threadCount
      let history = try model.fit(data, batchSize: 32, epochs: 2)
      results.append((model.weightBits, history.epochs[1].values))
    }
    let moved = try model()
    try moved.build(inputShape: [24, 24, 8])
    #expect(results[0].weights != moved.weightBits)
    for result in results.dropFirst() {
      #expect(result.weights == results[0].weights)
      #expect(result.values == results[0].values)
    }
  }

  @Test(arguments: [1, 2, 5])
  func rangesCoverEachNumberOnce(threadCount: Int) throws {
    let workers = Workers(threadCount: threadCount)
    for (count, each) in [(0, 1), (1, 1), (100_000, 1), (70, 4608), (3, 1 << 40), (65_536, 1)] {
      let counts = try FloatStorage(count: count, for: "counts")
      let view = counts.row
      workers.performRanges(of: count, numbersEach: each) { range in
        for index in range { view.elements[index] += 1 }
      }
      withExtendedLifetime(counts) {
        #expect(view.toArray().allSatisfy { $0 == 1 }, "\(count) of \(each)")
      }
    }
  }

  @Test func largeUpdatesAreTheSameToTheBitOnAnyNumberOfThreads() {
    let count = (1 << 20) + 77
    var generator = SeededGenerator(seed: 5)
    let gradients = matrix(1, count, from: &generator)
    let results = [1, 2, 3].map { threadCount in
      let workers = Workers(threadCount: threadCount)
      #expect((workers.pieces(ofParameters: 0..<count).count > 1) == (threadCount > 1))
      let parameters = matrix(1, count) { Float($0 % 100) }
      let update = ParameterUpdate(
        optimizer: Adam(),
        variables: [ParameterUpdate.Variable(name: "kernel", offset: 3, count: count - 3)],
        parameters: parameters, gradients: gradients,
        slots: [matrix(1, count), matrix(1, count)], workers: workers)
      for step in 1...3 { update.apply(step: step, learningRate: 0.01) }
      return parameters.toArray()
    }
    #expect(results[1] == results[0] && results[2] == results[0])
    #expect(results[0][..<3] == [0, 1, 2] && results[0][3] != 3)
  }
}
