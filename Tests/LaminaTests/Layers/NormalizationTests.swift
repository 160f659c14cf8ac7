import Testing

@testable import Lamina

@Suite struct NormalizationTests {
  @Test func givenStatisticsAreUsed() throws {
    let layer = Normalization(mean: [1, 10], variance: [4, 0.25])
    let trial = try LayerTrial(layer, matrix([[1, 10], [5, 11]]))
    #expect(layer.variables(for: [[2]]).isEmpty)
    #expect(trial.forward() == [0, 0, 2, 2])
    trial.backward(matrix([[1, 2], [3, 4]]))
    #expect(trial.pass.inputGradient?.toArray() == [0.5, 4, 1.5, 8])
    #expect(trial.isFramed)
    let single = try LayerTrial(Normalization(mean: [3], variance: [4]), matrix([[3, 7]]))
    #expect(single.forward() == [0, 2])
    let none = try LayerTrial(
      Normalization(mean: [3], variance: [4], axes: []), matrix([[3, 7]]))
    #expect(none.forward() == [0, 2])
  }

  @Test func invertingUndoesIt() throws {
    let trial = try LayerTrial(
      Normalization(mean: [1, 10], variance: [4, 0.25], invert: true), matrix([[0, 2]]))
    #expect(trial.forward() == [1, 11])
    trial.backward(matrix([[1, 1]]))
    #expect(trial.pass.inputGradient?.toArray() == [2, 0.5])
  }

  @Test func varianceOfZeroDividesByEpsilon() throws {
    let trial = try LayerTrial(Normalization(mean: [0], variance: [0]), matrix([[1e-7]]))
    expectClose(trial.forward(), [1])
  }

  @Test func withoutStatisticsNothingChanges() throws {
    let layer = Normalization()
    let trial = try LayerTrial(layer, matrix([[1, -2, 3]]))
    #expect(trial.forward() == [1, -2, 3])
    let variables = layer.variables(for: [[3]])
    #expect(variables.map { $0.name } == ["mean", "variance", "count"])
    #expect(variables.map { $0.shape } == [[3], [3], []])
    #expect(variables.allSatisfy { !$0.isTrainable })
  }

  @Test func adaptingFindsTheFeaturesStatistics() throws {
    let layer = Normalization()
    try layer.adapt(Tensor(shape: [2, 2, 2], elements: [0, 1, 2, 1, 4, 1, 6, 5]))
    #expect(layer.statistics?.mean == [3, 2])
    #expect(layer.statistics?.variance == [5, 3])
    let trial = try LayerTrial(layer, matrix([[3, 2]]))
    #expect(trial.forward() == [0, 0])
    #expect(trial.pass.variables.map { $0.toArray() } == [[3, 2], [5, 3], [0]])
    try layer.adapt(Samples(.uint8([0, 2, 4, 6]), shape: [2], count: 2))
    #expect(layer.statistics?.mean == [2, 4])
  }

  @Test func axesSayWhatHasStatisticsOfItsOwn() throws {
    let samples = try Tensor(shape: [2, 2, 2], elements: [0, 1, 2, 1, 4, 1, 6, 5])
    let all = Normalization(axes: [])
    try all.adapt(samples)
    #expect(all.statistics?.mean == [2.5] && all.statistics?.shape == [])
    let trial = try LayerTrial(all, matrix([[2.5, 2.5, 2.5, 2.5]]), shape: [2, 2])
    #expect(trial.forward() == [0, 0, 0, 0])
    let each = Normalization(axes: [1, 2])
    try each.adapt(samples)
    #expect(each.statistics?.mean == [2, 1, 4, 3] && each.statistics?.shape == [2, 2])
  }

  /// What the network sees is the bytes divided by the preprocessing's divisor.
  @Test func bytesOfADataSetAreDividedFirst() throws {
    let data = try Dataset(
      features: .uint8([0, 255]), sampleShape: [1], labels: [0, 1],
      preprocessing: .mnist)
    let layer = Normalization()
    try layer.adapt(data)
    #expect(layer.statistics?.mean == [0.5] && layer.statistics?.variance == [0.25])
  }

  @Test func largeMeansLoseNothing() throws {
    let layer = Normalization()
    try layer.adapt(Tensor(shape: [4, 1], elements: [100_001, 100_003, 100_001, 100_003]))
    #expect(layer.statistics?.mean == [100_002] && layer.statistics?.variance == [1])
  }

  @Test func gradientsAreTheSlopes() throws {
    var generator = SeededGenerator(seed: 4)
    let trial = try LayerTrial(
      Normalization(), matrix(3, 12, from: &generator), shape: [4, 3],
      variables: ["mean": [1, 2, 3], "variance": [4, 0.5, 2]])
    try trial.expectGradients(matrix(3, 12, from: &generator))
  }

  @Test func whatDoesNotFitIsAnError() throws {
    let layer = Normalization()
    expectError(.invalidArgument, "at least one sample") {
      try layer.adapt(Samples(.float32([]), shape: [2], count: 0))
    }
    expectError(.invalidArgument, "axis -1") {
      try layer.adapt(Samples(values: [1, 2]))
    }
    try layer.adapt(Tensor(shape: [1, 2], elements: [1, 2]))
    expectError(.invalidArgument, "adapted to features of shape [2]", "[3]") {
      _ = try layer.outputShape(for: [[3]])
    }
    expectError(.invalidArgument, "were given") {
      try Normalization(mean: [1], variance: [1]).adapt(Tensor(shape: [1, 1], elements: [1]))
    }
    expectError(.invalidArgument, "mean has 2 and variance 1") {
      _ = try Normalization(mean: [1, 2], variance: [1]).outputShape(for: [[2]])
    }
    expectError(.invalidArgument, "mean has 2", "expected one") {
      _ = try Normalization(mean: [1, 2], variance: [1, 2], axes: []).outputShape(for: [[2]])
    }
    expectError(.invalidArgument, "negative") {
      _ = try Normalization(mean: [1], variance: [-1]).outputShape(for: [[2]])
    }
    for (mean, variance) in [(Float.infinity, Float(1)), (1, .infinity)] {
      expectError(.invalidArgument, "float32") {
        _ = try Normalization(mean: [mean], variance: [variance]).outputShape(for: [[2]])
      }
    }
    expectError(.unsupported, "[1]") {
      _ = try Normalization(axes: [1]).outputShape(for: [[2, 3]])
    }
  }

  @Test func configurationIsKerass() throws {
    let given = try reread(
      Normalization(mean: [1, 2], variance: [3, 4], invert: true),
      Normalization.init(configuration:))
    #expect(given.mean == [1, 2] && given.variance == [3, 4] && given.invert)
    let adapted = try reread(Normalization(axes: [1, 2]), Normalization.init(configuration:))
    #expect(adapted.axes == [1, 2] && adapted.mean == nil)
    #expect(try reread(Normalization(axes: []), Normalization.init(configuration:)).axes == [])
    #expect(try Normalization(configuration: configuration("{}")).axes == [-1])
    expectError(.format, "variance") {
      _ = try Normalization(configuration: configuration(#"{"mean": [1]}"#))
    }
  }
}
