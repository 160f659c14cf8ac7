import Testing

@testable import Lamina

@Suite struct RandomZoomTests {
  private func zoomed(_ layer: RandomZoom) throws -> [Float] {
    let trial = try LayerTrial(layer, matrix(1, 12) { Float($0) }, shape: [3, 4, 1])
    let output = trial.forward()
    #expect(trial.isFramed)
    return output
  }

  @Test func negativeFactorsZoomInAndKeepTheProportions() throws {
    let output = try zoomed(RandomZoom(FactorRange(-0.5, -0.5), fillMode: .nearest))
    #expect(
      output == [2.75, 3.25, 3.75, 4.25, 4.75, 5.25, 5.75, 6.25, 6.75, 7.25, 7.75, 8.25])
  }

  /// What Keras gives.
  @Test func axesCanHaveTheirOwn() throws {
    let output = try zoomed(
      RandomZoom(FactorRange(0.5, 0.5), FactorRange(0.2, 0.2), fillMode: .nearest))
    expectClose(output, [0, 0.9, 2.1, 3, 4, 4.9, 6.1, 7, 8, 8.9, 10.1, 11])
  }

  @Test func positiveFactorsZoomOut() throws {
    let trial = try LayerTrial(
      RandomZoom(FactorRange(1, 1), fillMode: .constant, interpolation: .nearest, fillValue: 9),
      matrix([1, 2, 3, 4, 5, 6, 7, 8, 9]), shape: [3, 3, 1])
    #expect(trial.forward() == [9, 9, 9, 9, 5, 9, 9, 9, 9])
  }

  /// Each pixel holds its own place, so that the output tells the factors.
  @Test(arguments: [true, false])
  func factorsAreEvenlySpread(keepsProportions: Bool) throws {
    let count = 4000
    let width: FactorRange? = keepsProportions ? nil : FactorRange(-0.1, 0.3)
    let trial = try LayerTrial(
      RandomZoom(0.4, width, fillMode: .nearest),
      matrix(count, 162) { Float($0 % 2 == 0 ? $0 % 18 / 2 - 4 : $0 % 162 / 18 - 4) },
      shape: [9, 9, 2])
    trial.forward()
    // Two pixels to the right of the centre and two down.
    let place = 2 * (6 * 9 + 6)
    let widths = (0..<count).map { Double(trial.pass.output[$0, place]) / 2 - 1 }
    let heights = (0..<count).map { Double(trial.pass.output[$0, place + 1]) / 2 - 1 }
    expectEvenlySpread(heights, from: -0.4, to: 0.4)
    if keepsProportions {
      #expect(zip(widths, heights).allSatisfy { abs($0 - $1) < 1e-5 })
    } else {
      expectEvenlySpread(widths, from: -0.1, to: 0.3)
    }
  }

  @Test func inferenceLeavesImagesAlone() throws {
    let trial = try LayerTrial(
      RandomZoom(0.5), matrix([1, 2, 3, 4]), shape: [2, 2, 1], isTraining: false)
    #expect(trial.forward() == [1, 2, 3, 4])
  }

  @Test(arguments: FillMode.all)
  func gradientsAreTheSlopes(fillMode: FillMode) throws {
    var generator = SeededGenerator(seed: 9)
    let trial = try LayerTrial(
      RandomZoom(0.9, fillMode: fillMode), matrix(3, 40, from: &generator), shape: [5, 4, 2])
    try trial.expectGradients(matrix(3, 40, from: &generator))
  }

  @Test func factorsAreMoreThanMinusOne() {
    expectError(.invalidArgument, "more than -1") {
      _ = try RandomZoom(1).outputShape(for: [[2, 3, 1]])
    }
    expectError(.invalidArgument, "more than -1") {
      _ = try RandomZoom(0, FactorRange(-1, 0)).outputShape(for: [[2, 3, 1]])
    }
    expectError(.invalidArgument, "width_factor") {
      _ = try RandomZoom(0, 2).outputShape(for: [[2, 3, 1]])
    }
  }

  @Test func configurationIsKerass() throws {
    let one = try reread(RandomZoom(0.25), RandomZoom.init(configuration:))
    #expect(one.heightFactor == 0.25 && one.widthFactor == nil)
    let two = try reread(
      RandomZoom(FactorRange(0, 0.5), 0.125, interpolation: .nearest),
      RandomZoom.init(configuration:))
    #expect(two.heightFactor == FactorRange(0, 0.5) && two.widthFactor == 0.125)
    #expect(two.interpolation == .nearest)
  }
}
