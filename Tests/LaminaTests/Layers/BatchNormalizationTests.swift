import Testing

@testable import Lamina

@Suite struct BatchNormalizationTests {
  @Test func trainingUsesTheBatchAndMovesTheStatistics() throws {
    let layer = BatchNormalization(momentum: 0.75, epsilon: 0)
    let trial = try LayerTrial(
      layer, matrix([[1, 10], [3, 30]]), variables: ["gamma": [1, 2], "beta": [0, 5]])
    #expect(trial.forward() == [-1, 3, 1, 7])
    // The batch has the means 2 and 20, the variances 1 and 100.
    #expect(trial.pass.variables[2].toArray() == [0.5, 5])
    #expect(trial.pass.variables[3].toArray() == [1, 25.75])
    #expect(trial.isFramed)
  }

  @Test(arguments: [false, true])
  func otherwiseTheMovingStatisticsAreUsedAndStay(isTraining: Bool) throws {
    let layer = BatchNormalization(epsilon: 0)
    layer.trainable = !isTraining
    let trial = try LayerTrial(
      layer, matrix([[1], [3]]),
      variables: ["gamma": [3], "beta": [1], "moving_mean": [2], "moving_variance": [4]],
      isTraining: isTraining)
    #expect(trial.forward() == [-0.5, 2.5])
    trial.backward(matrix([[1], [2]]))
    #expect(trial.pass.inputGradient?.toArray() == [1.5, 3])
    #expect(trial.pass.variableGradients[0]?.toArray() == [0.5])
    #expect(trial.pass.variableGradients[1]?.toArray() == [3])
    #expect(trial.pass.variables[2].toArray() == [2] && trial.pass.variables[3].toArray() == [4])
  }

  @Test func pixelsOfAChannelShareStatistics() throws {
    let layer = BatchNormalization(epsilon: 0, center: false, scale: false)
    let trial = try LayerTrial(
      layer, matrix([[1, 5, 2, 5], [3, 5, 2, 5]]), shape: [2, 1, 2],
      variables: ["moving_variance": [1, 1]])
    layer.forward(trial.pass)
    let root = Float(2).squareRoot()
    let channel = [0, 2, 4, 6].map { trial.pass.output.toArray()[$0] }
    expectClose(channel, [-root, 0, root, 0])
  }

  /// Channels of one value have variance 0; epsilon keeps the result finite.
  @Test func equalSamplesGiveBeta() throws {
    let trial = try LayerTrial(
      BatchNormalization(), matrix([[7, 7], [7, 7]]), variables: ["beta": [3, -1]])
    #expect(trial.forward() == [3, -1, 3, -1])
  }

  @Test(arguments: [true, false], [(true, true), (true, false), (false, true), (false, false)])
  func gradientsAreTheSlopes(isTraining: Bool, parts: (center: Bool, scale: Bool)) throws {
    var generator = SeededGenerator(seed: 5)
    for (shape, channels) in [([3], 3), ([2, 3, 2], 2), ([2, 35], 35)] as [(Shape, Int)] {
      let count = try #require(shape.checkedElementCount)
      let trial = try LayerTrial(
        BatchNormalization(center: parts.center, scale: parts.scale),
        matrix(6, count, from: &generator), shape: shape,
        variables: [
          "gamma": generator.normals(channels), "beta": generator.normals(channels),
          "moving_mean": generator.normals(channels),
          "moving_variance": generator.normals(channels).map { $0 * $0 + 0.5 },
        ], isTraining: isTraining)
      try trial.expectGradients(matrix(6, count, from: &generator))
    }
  }

  @Test func variablesAreKerass() {
    let all = BatchNormalization().variables(for: [[4, 4, 3]])
    #expect(all.map { $0.name } == ["gamma", "beta", "moving_mean", "moving_variance"])
    #expect(all.allSatisfy { $0.shape == [3] })
    #expect(all.map { $0.isTrainable } == [true, true, false, false])
    #expect(all.map { $0.initializer.className } == ["Ones", "Zeros", "Zeros", "Ones"])
    let few = BatchNormalization(center: false, scale: false).variables(for: [[3]])
    #expect(few.map { $0.name } == ["moving_mean", "moving_variance"])
  }

  @Test func onlyTheLastAxisIsTaken() throws {
    #expect(try BatchNormalization(axis: 3).outputShape(for: [[4, 5, 2]]) == [4, 5, 2])
    expectError(.unsupported, "[1]", "[4, 5, 2]") {
      _ = try BatchNormalization(axis: 1).outputShape(for: [[4, 5, 2]])
    }
    for axis in [0, 4, -4, .min, .max] {
      expectError(.invalidArgument, "axis \(axis)") {
        _ = try BatchNormalization(axis: axis).outputShape(for: [[4, 5, 2]])
      }
    }
  }

  @Test func impossibleSettingsAreErrors() {
    for momentum in [-0.1, 1.5, .nan] {
      expectError(.invalidArgument, "momentum must be 0 to 1", "\(momentum)") {
        _ = try BatchNormalization(momentum: momentum).outputShape(for: [[3]])
      }
    }
    expectError(.invalidArgument, "epsilon") {
      _ = try BatchNormalization(epsilon: -1).outputShape(for: [[3]])
    }
    expectError(.invalidArgument, "[]") { _ = try BatchNormalization().outputShape(for: [[]]) }
    expectError(.invalidArgument, "[3, 0]", "no elements") {
      _ = try BatchNormalization().outputShape(for: [[3, 0]])
    }
  }

  @Test func configurationIsKerass() throws {
    let again = try reread(
      BatchNormalization(
        axis: 2, momentum: 0.9, epsilon: 1e-5, center: false, scale: false,
        movingMeanInitializer: .constant(2), gammaRegularizer: L2(0.5)),
      BatchNormalization.init(configuration:))
    #expect(again.axis == 2 && again.momentum == 0.9 && again.epsilon == 1e-5)
    #expect(!again.center && !again.scale)
    #expect(again.movingMeanInitializer.className == "Constant")
    #expect(again.gammaRegularizer?.className == "L2" && again.betaRegularizer == nil)
    let plain = try BatchNormalization(configuration: configuration("{}"))
    #expect(
      JSON.object(plain.configuration).text == JSON.object(BatchNormalization().configuration).text)
    for setting in [
      #"{"renorm": true}"#, #"{"synchronized": true}"#, #"{"gamma_constraint": "NonNeg"}"#,
    ] {
      expectError(.unsupported, setting.split(separator: "\"")[1].description) {
        _ = try BatchNormalization(configuration: configuration(setting))
      }
    }
  }
}
