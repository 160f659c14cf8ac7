import Testing

@testable import Lamina

/// An image of one channel.
private let rows: [[Float]] = [[1, 2, 3], [4, 5, 6]]
private let image = rows.flatMap { $0 }

@Suite struct RandomTranslationTests {
  private func moved(
    down: Float, right: Float, _ fillMode: FillMode, _ interpolation: Interpolation = .bilinear
  ) throws -> [Float] {
    let layer = RandomTranslation(
      FactorRange(down, down), FactorRange(right, right), fillMode: fillMode,
      interpolation: interpolation, fillValue: 9)
    let trial = try LayerTrial(layer, matrix(image), shape: [2, 3, 1])
    let output = trial.forward()
    #expect(trial.isFramed)
    return output
  }

  @Test func positiveFactorsMoveDownAndToTheRight() throws {
    #expect(try moved(down: 0.5, right: 0, .constant) == [9, 9, 9, 1, 2, 3])
    #expect(try moved(down: -0.5, right: 0, .constant) == [4, 5, 6, 9, 9, 9])
    expectClose(try moved(down: 0, right: 1 / 3, .constant), [9, 1, 2, 9, 4, 5])
  }

  @Test func fillModesSayWhatComesIn() throws {
    expectClose(try moved(down: 0, right: 2 / 3, .reflect), [2, 1, 1, 5, 4, 4])
    expectClose(try moved(down: 0, right: -1, .reflect), [3, 2, 1, 6, 5, 4])
    expectClose(try moved(down: 0, right: 2 / 3, .wrap), [2, 3, 1, 5, 6, 4])
    expectClose(try moved(down: 0, right: -2 / 3, .nearest), [3, 3, 3, 6, 6, 6])
  }

  @Test func placesBetweenPixelsAreMixed() throws {
    #expect(try moved(down: 0.25, right: 0, .nearest) == [1, 2, 3, 2.5, 3.5, 4.5])
    #expect(try moved(down: 0.25, right: 0, .constant) == [5, 5.5, 6, 2.5, 3.5, 4.5])
    // Row -0.5 becomes -1, row 0.5 becomes 1: halves go away from zero.
    #expect(try moved(down: 0.25, right: 0, .constant, .nearest) == [9, 9, 9, 4, 5, 6])
  }

  @Test func inferenceLeavesImagesAlone() throws {
    let trial = try LayerTrial(
      RandomTranslation(1, 1), matrix(image), shape: [2, 3, 1], isTraining: false)
    #expect(trial.forward() == image)
    trial.backward(matrix(image))
    #expect(trial.pass.inputGradient?.toArray() == image)
  }

  /// The middle of a ramp tells how far it was moved.
  @Test func distancesAreEvenlySpread() throws {
    let count = 4000
    let layer = RandomTranslation(FactorRange(-0.1, 0.3), 0.2, fillMode: .nearest)
    let trial = try LayerTrial(
      layer, matrix(count, 450) { Float($0 % 2 == 0 ? $0 % 450 / 30 : $0 % 30 / 2) },
      shape: [15, 15, 2])
    trial.forward()
    let middle = 2 * (7 * 15 + 7)
    let downs = (0..<count).map { (7 - Double(trial.pass.output[$0, middle])) / 15 }
    let rights = (0..<count).map { (7 - Double(trial.pass.output[$0, middle + 1])) / 15 }
    expectEvenlySpread(downs, from: -0.1, to: 0.3)
    expectEvenlySpread(rights, from: -0.2, to: 0.2)
    let product = zip(downs, rights).reduce(0) { $0 + ($1.0 - 0.1) * $1.1 } / Double(count)
    // Five standard deviations of the mean product of independent numbers.
    #expect(abs(product) < 5 * 0.4 * 0.4 / 12 / Double(count).squareRoot())
  }

  @Test func drawsFollowFromSeedStepAndRowAlone() throws {
    func outputs(rows: Int, seed: UInt64 = 1, step: UInt32 = 0) throws -> [[Float]] {
      let trial = try LayerTrial(
        RandomTranslation(0.5, 0.5), matrix(rows, 6) { image[$0 % 6] }, shape: [2, 3, 1],
        seed: seed, step: step)
      trial.forward()
      return (0..<rows).map { trial.pass.output.rows($0..<$0 + 1).toArray() }
    }
    let many = try outputs(rows: 9)
    #expect(try outputs(rows: 4) == Array(many.prefix(4)))
    #expect(Set(many).count == 9)
    #expect(try outputs(rows: 9, seed: 2)[0] != many[0])
    #expect(try outputs(rows: 9, step: 1)[0] != many[0])
  }

  @Test(arguments: FillMode.all, [Interpolation.bilinear, .nearest])
  func gradientsAreTheSlopes(fillMode: FillMode, interpolation: Interpolation) throws {
    var generator = SeededGenerator(seed: 7)
    let layer = RandomTranslation(0.5, 0.5, fillMode: fillMode, interpolation: interpolation)
    let trial = try LayerTrial(layer, matrix(3, 40, from: &generator), shape: [5, 4, 2])
    try trial.expectGradients(matrix(3, 40, from: &generator))
  }

  @Test func whatIsNoImageIsAnError() {
    expectError(.invalidArgument, "[height, width, channels]", "[28, 28]") {
      _ = try RandomTranslation(0.1, 0.1).outputShape(for: [[28, 28]])
    }
    expectError(.invalidArgument, "[28, 0, 1]") {
      _ = try RandomTranslation(0.1, 0.1).outputShape(for: [[28, 0, 1]])
    }
    expectError(.invalidArgument, "too large") {
      _ = try RandomTranslation(0.1, 0.1).outputShape(for: [[1 << 23, 1, 1]])
    }
  }

  @Test func factorsLieWithinOne() {
    for factor in [FactorRange(0.5, 1.5), FactorRange(-2, 0), FactorRange(.nan)] {
      expectError(.invalidArgument, "height_factor") {
        _ = try RandomTranslation(factor, 0).outputShape(for: [[2, 3, 1]])
      }
      expectError(.invalidArgument, "width_factor") {
        _ = try RandomTranslation(0, factor).outputShape(for: [[2, 3, 1]])
      }
    }
  }

  @Test func configurationIsKerass() throws {
    let again = try reread(
      RandomTranslation(
        0.25, FactorRange(0.1, -0.2), fillMode: .wrap, interpolation: .nearest, fillValue: 2),
      RandomTranslation.init(configuration:))
    #expect(again.heightFactor == 0.25 && again.widthFactor == FactorRange(-0.2, 0.1))
    #expect(again.fillMode == .wrap && again.interpolation == .nearest && again.fillValue == 2)
    let plain = try RandomTranslation(
      configuration: configuration(
        #"{"height_factor": -0.5, "width_factor": [0.2, 0.1], "seed": 3}"#))
    #expect(plain.heightFactor == 0.5 && plain.widthFactor == FactorRange(0.1, 0.2))
    #expect(plain.fillMode == .reflect && plain.interpolation == .bilinear)
    for (key, value) in [
      ("fill_mode", "mirror"), ("interpolation", "cubic"), ("data_format", "channels_first"),
    ] {
      expectError(.unsupported, key, value) {
        _ = try RandomTranslation(
          configuration: configuration(
            #"{"height_factor": 0, "width_factor": 0, "\#(key)": "\#(value)"}"#))
      }
    }
    expectError(.format, "width_factor") {
      _ = try RandomTranslation(configuration: configuration(#"{"height_factor": 0}"#))
    }
    expectError(.format, "height_factor", "two") {
      _ = try RandomTranslation(
        configuration: configuration(#"{"height_factor": [0, 0, 0], "width_factor": 0}"#))
    }
  }
}
