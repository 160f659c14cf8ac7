import Testing

@testable import Lamina

@Suite struct RescalingTests {
  @Test func numbersAreScaledAndShifted() throws {
    let trial = try LayerTrial(Rescaling(2, offset: -1), matrix([[0, 1], [2, 0.5]]))
    #expect(trial.forward() == [-1, 1, 3, 0])
    trial.backward(matrix([[1, 2], [3, 4]]))
    #expect(trial.pass.inputGradient?.toArray() == [2, 4, 6, 8])
    #expect(trial.isFramed)
  }

  @Test(arguments: [[0.5], [2, -10]] as [[Float]])
  func gradientIsTheSlope(scale: [Float]) throws {
    var generator = SeededGenerator(seed: 1)
    let trial = try LayerTrial(
      Rescaling(scale: scale, offset: [1]), matrix(3, 8, from: &generator),
      shape: [2, 2, 2])
    try trial.expectGradients(matrix(3, 8, from: &generator))
  }

  @Test func channelsHaveTheirOwn() throws {
    let trial = try LayerTrial(
      Rescaling(scale: [2, 10], offset: [1]), matrix([[1, 2, 3, 4]]), shape: [2, 2])
    #expect(trial.forward() == [3, 21, 7, 41])
    trial.backward(matrix([[1, 1, 2, 2]]))
    #expect(trial.pass.inputGradient?.toArray() == [2, 10, 4, 20])
    let shifted = try LayerTrial(Rescaling(scale: [2], offset: [1, 3]), matrix([[1, 1]]))
    #expect(shifted.forward() == [3, 5])
  }

  @Test func otherNumbersOfChannelsAreErrors() {
    expectError(.invalidArgument, "scale has 3 numbers", "[4, 2]") {
      _ = try Rescaling(scale: [1, 2, 3]).outputShape(for: [[4, 2]])
    }
    expectError(.invalidArgument, "scale has 0 numbers") {
      _ = try Rescaling(scale: []).outputShape(for: [[4, 2]])
    }
    expectError(.invalidArgument, "offset has 3 numbers") {
      _ = try Rescaling(scale: [1, 2], offset: [1, 2, 3]).outputShape(for: [[4, 2]])
    }
    expectError(.invalidArgument, "offset", "float32") {
      _ = try Rescaling(configuration: configuration(#"{"scale": 1, "offset": 1e39}"#))
        .outputShape(for: [[2]])
    }
  }

  @Test func configurationIsKerass() throws {
    let one = try reread(Rescaling(1 / 255, offset: 0.5), Rescaling.init(configuration:))
    #expect(one.scale == [1 / 255] && one.offset == [0.5])
    #expect(one.configuration.map { $0.key } == ["scale", "offset"])
    let list = try reread(
      Rescaling(scale: [1, 2], offset: [3, 4]), Rescaling.init(configuration:))
    #expect(list.scale == [1, 2] && list.offset == [3, 4])
    #expect(try Rescaling(configuration: configuration(#"{"scale": 2}"#)).offset == [0])
    expectError(.format, "scale") { _ = try Rescaling(configuration: configuration("{}")) }
  }
}
