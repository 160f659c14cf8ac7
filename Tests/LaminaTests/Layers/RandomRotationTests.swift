import Foundation
import Testing

@testable import Lamina

@Suite struct RandomRotationTests {
  @Test func positiveQuarterTurnsCounterClockwise() throws {
    let layer = RandomRotation(
      FactorRange(0.25, 0.25), fillMode: .constant, interpolation: .nearest)
    let trial = try LayerTrial(layer, matrix([1, 2, 3, 4, 5, 6, 7, 8, 9]), shape: [3, 3, 1])
    #expect(trial.forward() == [3, 6, 9, 2, 5, 8, 1, 4, 7])
    #expect(trial.isFramed)
  }

  @Test func negativeQuarterTurnsClockwise() throws {
    let layer = RandomRotation(FactorRange(-0.25, -0.25), fillMode: .constant)
    let trial = try LayerTrial(layer, matrix([1, 2, 3, 4]), shape: [2, 2, 1])
    expectClose(trial.forward(), [3, 1, 4, 2])
  }

  /// What Keras gives for the numbers 0 to 11.
  @Test func tenthOfATurnIsKerass() throws {
    let layer = RandomRotation(FactorRange(0.1, 0.1), fillMode: .constant, fillValue: -1)
    let trial = try LayerTrial(layer, matrix(1, 12) { Float($0) }, shape: [3, 4, 1])
    expectClose(
      trial.forward(),
      [
        -0.4202818, 1.4071417, 4.4317966, 4.792584, 0.759763, 3.919921, 7.080079, 10.240237,
        2.2903767, 6.5682034, 8.2550335, 2.441249,
      ], absolute: 1e-5)
  }

  /// Each pixel of the input holds its own place, so that the output tells the angle.
  @Test func anglesAreEvenlySpread() throws {
    let count = 4000
    let layer = RandomRotation(FactorRange(-0.05, 0.2), fillMode: .nearest)
    // Two channels: the distances from the centre to the right and down.
    let trial = try LayerTrial(
      layer, matrix(count, 162) { Float($0 % 2 == 0 ? $0 % 18 / 2 - 4 : $0 % 162 / 18 - 4) },
      shape: [9, 9, 2])
    trial.forward()
    // Two pixels to the right of the centre.
    let place = 2 * (4 * 9 + 6)
    let turns = (0..<count).map { row in
      let x = Double(trial.pass.output[row, place])
      let y = Double(trial.pass.output[row, place + 1])
      return atan2(y, x) / (2 * .pi)
    }
    expectEvenlySpread(turns, from: -0.05, to: 0.2)
  }

  @Test func inferenceLeavesImagesAlone() throws {
    let trial = try LayerTrial(
      RandomRotation(0.5), matrix([1, 2, 3, 4]), shape: [2, 2, 1], isTraining: false)
    #expect(trial.forward() == [1, 2, 3, 4])
  }

  @Test(arguments: FillMode.all)
  func gradientsAreTheSlopes(fillMode: FillMode) throws {
    var generator = SeededGenerator(seed: 8)
    let trial = try LayerTrial(
      RandomRotation(1, fillMode: fillMode), matrix(3, 40, from: &generator), shape: [5, 4, 2])
    try trial.expectGradients(matrix(3, 40, from: &generator))
  }

  @Test func factorsLieWithinOne() {
    for factor in [FactorRange(1.5), FactorRange(.nan, 0), FactorRange(.infinity)] {
      expectError(.invalidArgument, "factor must lie in -1 to 1") {
        _ = try RandomRotation(factor).outputShape(for: [[2, 3, 1]])
      }
    }
  }

  @Test func configurationIsKerass() throws {
    let again = try reread(
      RandomRotation(0.25, fillMode: .nearest, fillValue: 0.5),
      RandomRotation.init(configuration:))
    #expect(again.factor == 0.25 && again.fillMode == .nearest && again.fillValue == 0.5)
    #expect(
      JSON.object(again.configuration).text
        == #"{"factor":[-0.25,0.25],"fill_mode":"nearest","interpolation":"bilinear","#
        + #""fill_value":0.5,"data_format":"channels_last"}"#)
    expectError(.format, "factor") { _ = try RandomRotation(configuration: configuration("{}")) }
    expectError(.invalidArgument, "fill_value", "float32") {
      _ = try RandomRotation(configuration: configuration(#"{"factor": 1, "fill_value": 1e39}"#))
        .outputShape(for: [[2, 3, 1]])
    }
  }
}
