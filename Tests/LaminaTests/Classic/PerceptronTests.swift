import Testing

@testable import Lamina

private let corners: [[Float]] = [[0, 0], [0, 1], [1, 0], [1, 1]]

/// Samples on both sides of a random hyperplane, none closer to it than the
/// margin, as points (x, 1).
private struct SeparableSet {
  var samples: [[Float]] = []
  var labels: [Int32] = []
  /// Novikoff's bound on the number of mistakes.
  let mistakeBound: Double

  init(seed: UInt64, margin: Double = 0.05) {
    var generator = SeededGenerator(seed: seed)
    let inputCount = Int.random(in: 1...6, using: &generator)
    let sampleCount = Int.random(in: 2...60, using: &generator)
    var normal = generator.normals(inputCount + 1).map { Double($0) }
    let length = normal.reduce(0) { $0 + $1 * $1 }.squareRoot()
    normal = normal.map { $0 / length }
    var longest = 0.0
    while samples.count < sampleCount {
      let sample = generator.normals(inputCount)
      let point = sample.map { Double($0) } + [1]
      let side = zip(normal, point).reduce(0) { $0 + $1.0 * $1.1 }
      guard abs(side) >= margin else { continue }
      longest = max(longest, point.reduce(0) { $0 + $1 * $1 })
      samples.append(sample)
      labels.append(side > 0 ? 1 : 0)
    }
    mistakeBound = longest / (margin * margin)
  }
}

@Suite struct PerceptronTests {
  @Test func anEpochFollowsRosenblattsRule() throws {
    var perceptron = try Perceptron(weights: [0.5, -1], bias: 0.25)
    let samples: [[Float]] = [[1, 1], [2, 0], [0, 0]]
    // -0.25: right. 1.25: wrong, so -0.5 times (2, 0, 1). -0.25: right.
    let training = try perceptron.fit(
      samples, labels: [0, 0, 0], learningRate: 0.5, maximumEpochs: 1)
    #expect(training.mistakes == [1])
    #expect(!training.hasConverged)
    #expect(perceptron == (try Perceptron(weights: [-0.5, -1], bias: -0.25)))
    // Now (1, 1) of class 1 is a mistake in the other direction.
    _ = try perceptron.fit([[1, 1]], labels: [1], learningRate: 2, maximumEpochs: 1)
    #expect(perceptron == (try Perceptron(weights: [1.5, 1], bias: 1.75)))
  }

  @Test func firesOnlyAboveZero() throws {
    let perceptron = try Perceptron(weights: [1, 1], bias: -1)
    #expect(try perceptron.predict([0.5, 0.5]) == 0)
    #expect(try perceptron.predict([0.5, Float(0.5).nextUp]) == 1)
    #expect(try Perceptron(inputCount: 2).predict(corners) == [0, 0, 0, 0])
  }

  @Test(arguments: [[0, 0, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]])
  func gatesAreLearned(labels: [Int32]) throws {
    var perceptron = try Perceptron(inputCount: 2)
    let training = try perceptron.fit(corners, labels: labels)
    #expect(training.hasConverged)
    #expect(training.mistakes.last == 0)
    #expect(training.mistakes.dropLast().allSatisfy { $0 > 0 })
    #expect(try perceptron.predict(corners) == labels)
  }

  @Test(arguments: [1, 10, 1000])
  func exclusiveOrDoesNotConverge(maximumEpochs: Int) throws {
    var perceptron = try Perceptron(inputCount: 2)
    let training = try perceptron.fit(
      corners, labels: [0, 1, 1, 0], maximumEpochs: maximumEpochs)
    #expect(!training.hasConverged)
    #expect(training.epochCount == maximumEpochs)
    #expect(training.mistakes.allSatisfy { $0 > 0 })
    #expect(try perceptron.predict(corners) != [0, 1, 1, 0])
  }

  @Test func everySeparableSetIsLearnedWithinNovikoffsBound() throws {
    var classesSeen = 0
    for seed in 0..<300 as Range<UInt64> {
      let set = SeparableSet(seed: seed)
      var perceptron = try Perceptron(inputCount: set.samples[0].count)
      let training = try perceptron.fit(
        set.samples, labels: set.labels, maximumEpochs: Int(set.mistakeBound) + 2)
      #expect(training.hasConverged, "seed \(seed)")
      #expect(Double(training.mistakes.reduce(0, +)) <= set.mistakeBound, "seed \(seed)")
      #expect(try perceptron.predict(set.samples) == set.labels, "seed \(seed)")
      classesSeen += Set(set.labels).count
    }
    #expect(classesSeen > 400)
  }

  @Test func theLearningRateScalesTheWeightsAlone() throws {
    let set = SeparableSet(seed: 7)
    var (one, quarter) = try (
      Perceptron(inputCount: set.samples[0].count), Perceptron(inputCount: set.samples[0].count)
    )
    let training = try one.fit(set.samples, labels: set.labels)
    #expect(try quarter.fit(set.samples, labels: set.labels, learningRate: 0.25) == training)
    #expect(quarter.weights == one.weights.map { $0 / 4 })
    #expect(quarter.bias == one.bias / 4)
  }

  @Test func whatIsLearnedIsNotLearnedAgain() throws {
    var perceptron = try Perceptron(inputCount: 2)
    _ = try perceptron.fit(corners, labels: [0, 0, 0, 1])
    let learned = perceptron
    #expect(try perceptron.fit(corners, labels: [0, 0, 0, 1]).mistakes == [0])
    #expect(perceptron == learned)
  }

  @Test func theLineSeparatesTheClasses() throws {
    var perceptron = try Perceptron(inputCount: 2)
    #expect(perceptron.separatingLine == nil)
    #expect(perceptron.hyperplane == nil)
    _ = try perceptron.fit(corners, labels: [0, 0, 0, 1])
    let line = try #require(perceptron.separatingLine)
    for corner in corners {
      let side = line.a * corner[0] + line.b * corner[1] + line.c
      #expect((side > 0) == (corner == [1, 1]), "\(corner)")
    }
    let hyperplane = try #require(perceptron.hyperplane)
    #expect(hyperplane.normal == [line.a, line.b])
    #expect(hyperplane.offset == line.c)
  }

  @Test func onlyTwoInputsHaveALine() throws {
    let perceptron = try Perceptron(weights: [1, 0, -2], bias: 3)
    #expect(perceptron.separatingLine == nil)
    #expect(perceptron.hyperplane?.normal == [1, 0, -2])
    #expect(perceptron.hyperplane?.offset == 3)
  }

  @Test func wrongDataIsAnError() throws {
    var perceptron = try Perceptron(inputCount: 2)
    expectError(.invalidArgument, "no samples") { _ = try perceptron.fit([], labels: []) }
    expectError(.invalidArgument, "1 labels for 2 samples") {
      _ = try perceptron.fit([[0, 0], [1, 1]], labels: [0])
    }
    expectError(.invalidArgument, "sample 1 has 3 numbers, expected 2") {
      _ = try perceptron.fit([[0, 0], [1, 1, 1]], labels: [0, 1])
    }
    for label in [-1, 2] as [Int32] {
      expectError(.invalidArgument, "label 1 is \(label), expected 0 or 1") {
        _ = try perceptron.fit([[0, 0], [1, 1]], labels: [0, label])
      }
    }
    expectError(.invalidArgument, "sample 1: number 0 is nan") {
      _ = try perceptron.fit([[0, 0], [.nan, 1]], labels: [0, 1])
    }
    #expect(perceptron == (try Perceptron(inputCount: 2)))
  }

  @Test func wrongArgumentsAreAnError() throws {
    var perceptron = try Perceptron(inputCount: 2)
    for rate in [0, -1, .nan, .infinity] as [Float] {
      expectError(.invalidArgument, "learning rate of \(rate)") {
        _ = try perceptron.fit(corners, labels: [0, 0, 0, 1], learningRate: rate)
      }
    }
    expectError(.invalidArgument, "0 epochs") {
      _ = try perceptron.fit(corners, labels: [0, 0, 0, 1], maximumEpochs: 0)
    }
    expectError(.invalidArgument, "0 inputs") { _ = try Perceptron(inputCount: 0) }
    expectError(.invalidArgument, "no weights") { _ = try Perceptron(weights: [], bias: 0) }
    expectError(.invalidArgument, "weight 0 is inf") {
      _ = try Perceptron(weights: [.infinity], bias: 0)
    }
    expectError(.invalidArgument, "the bias is nan") {
      _ = try Perceptron(weights: [1], bias: .nan)
    }
    expectError(.invalidArgument, "the sample has 1 numbers, expected 2") {
      _ = try perceptron.predict([1])
    }
    expectError(.invalidArgument, "sample 1: number 1 is inf") {
      _ = try perceptron.predict([[0, 0], [0, .infinity]])
    }
  }

  @Test func weightsThatOverflowAreAnErrorAndChangeNothing() throws {
    var perceptron = try Perceptron(inputCount: 1)
    let huge = Float.greatestFiniteMagnitude
    expectError(.invalidArgument, "float32's range") {
      _ = try perceptron.fit([[huge], [-huge]], labels: [1, 1], learningRate: 2)
    }
    #expect(perceptron == (try Perceptron(inputCount: 1)))
  }
}
