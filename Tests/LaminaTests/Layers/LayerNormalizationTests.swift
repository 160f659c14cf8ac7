import Testing

@testable import Lamina

@Suite struct LayerNormalizationTests {
  @Test func eachSampleIsNormalized() throws {
    let trial = try LayerTrial(
      LayerNormalization(epsilon: 0), matrix([[1, 3], [40, 20]]),
      variables: ["gamma": [1, 2], "beta": [0, 5]])
    #expect(trial.forward() == [-1, 7, 1, 3])
    #expect(trial.isFramed)
  }

  @Test func lastAxesAreNormalizedTogether() throws {
    let input = matrix([[1, 3, 3, 1, 40, 20, 20, 40]])
    let rows = try LayerTrial(LayerNormalization(epsilon: 0), input, shape: [2, 2, 2])
    #expect(rows.forward() == [-1, 1, 1, -1, 1, -1, -1, 1])
    let images = try LayerTrial(
      LayerNormalization(axes: [2, 3], epsilon: 0), input, shape: [2, 2, 2])
    #expect(images.forward() == [-1, 1, 1, -1, 1, -1, -1, 1])
    #expect(images.pass.variables.map { $0.rows } == [2, 2])
    let whole = try LayerTrial(
      LayerNormalization(axes: [-1, -2, -3], epsilon: 0), matrix([[0, 0, 0, 0, 2, 2, 2, 2]]),
      shape: [2, 2, 2])
    #expect(whole.forward() == [-1, -1, -1, -1, 1, 1, 1, 1])
  }

  @Test func equalElementsGiveBeta() throws {
    let trial = try LayerTrial(
      LayerNormalization(), matrix([[7, 7, 7]]), variables: ["beta": [3, -1, 2]])
    #expect(trial.forward() == [3, -1, 2])
  }

  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func gradientsAreTheSlopes(parts: (center: Bool, scale: Bool)) throws {
    var generator = SeededGenerator(seed: 6)
    for (shape, axes) in [([5], [-1]), ([3, 4], [-1]), ([2, 3, 4], [2, 3]), ([37], [1])]
      as [(Shape, [Int])]
    {
      let count = try #require(shape.checkedElementCount)
      let size = shape.dimensions.suffix(axes.count).reduce(1, *)
      let trial = try LayerTrial(
        LayerNormalization(axes: axes, center: parts.center, scale: parts.scale),
        matrix(4, count, from: &generator), shape: shape,
        variables: ["gamma": generator.normals(size), "beta": generator.normals(size)])
      try trial.expectGradients(matrix(4, count, from: &generator))
    }
  }

  @Test func otherAxesAreErrors() {
    for axes in [[1], [1, 3], [1, 2]] {
      expectError(.unsupported, "\(Shape(axes))", "[4, 5, 2]") {
        _ = try LayerNormalization(axes: axes).outputShape(for: [[4, 5, 2]])
      }
    }
    for axes in [[0], [4], [3, -4]] {
      expectError(.invalidArgument, "axis") {
        _ = try LayerNormalization(axes: axes).outputShape(for: [[4, 5, 2]])
      }
    }
    expectError(.invalidArgument, "axis -1 is there twice") {
      _ = try LayerNormalization(axes: [3, -1]).outputShape(for: [[4, 5, 2]])
    }
    expectError(.invalidArgument, "at least one axis") {
      _ = try LayerNormalization(axes: []).outputShape(for: [[4]])
    }
    expectError(.invalidArgument, "epsilon") {
      _ = try LayerNormalization(epsilon: .nan).outputShape(for: [[4]])
    }
  }

  @Test func configurationIsKerass() throws {
    let again = try reread(
      LayerNormalization(axes: [1, 2], epsilon: 1e-6, scale: false, betaRegularizer: L2(0.5)),
      LayerNormalization.init(configuration:))
    #expect(again.axes == [1, 2] && again.epsilon == 1e-6 && again.center && !again.scale)
    #expect(again.betaRegularizer?.className == "L2")
    #expect(try LayerNormalization(configuration: configuration("{}")).axes == [-1])
    #expect(try LayerNormalization(configuration: configuration(#"{"axis": -2}"#)).axes == [-2])
    expectError(.unsupported, "rms_scaling") {
      _ = try LayerNormalization(configuration: configuration(#"{"rms_scaling": true}"#))
    }
  }
}
