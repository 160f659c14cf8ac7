import Testing

@testable import Lamina

@Suite struct InitializerTests {
  private let initializers: [any Initializer] = [
    .zeros, .ones, .constant(0.5), .randomNormal(mean: 1, standardDeviation: 2),
    .randomUniform(from: -1, to: 2), .truncatedNormal(mean: 1, standardDeviation: 2),
    .varianceScaling(scale: 2, mode: .average, distribution: .normal), .glorotUniform,
    .glorotNormal, .heUniform, .heNormal, .lecunUniform, .lecunNormal,
  ]

  private func draw(
    _ initializer: any Initializer, count: Int = 1000, shape: Shape = [20, 50], seed: UInt64 = 1,
    variable: Int = 0
  ) -> [Float] {
    let values = matrix(1, count) { _ in .nan }
    initializer.fill(values, shape: shape, seed: InitializerSeed(seed: seed, variable: variable))
    #expect(isFramed(values))
    return values.toArray()
  }

  @Test func constantsAreConstant() {
    #expect(draw(.zeros, count: 3) == [0, 0, 0])
    #expect(draw(.ones, count: 3) == [1, 1, 1])
    #expect(draw(.constant(-0.7), count: 3) == [-0.7, -0.7, -0.7])
    #expect(draw(FixedValues([1, 2, 3]), count: 3) == [1, 2, 3])
  }

  @Test func numbersFollowFromSeedAndVariable() {
    for initializer in initializers
    where !draw(initializer).allSatisfy({ $0 == draw(initializer)[0] }) {
      let numbers = draw(initializer, seed: 1, variable: 0)
      #expect(numbers == draw(initializer, seed: 1, variable: 0), "\(initializer.className)")
      #expect(numbers != draw(initializer, seed: 1, variable: 2), "\(initializer.className)")
      #expect(numbers != draw(initializer, seed: 2, variable: 0), "\(initializer.className)")
      // A shorter variable gets the same numbers.
      #expect(Array(numbers.prefix(7)) == draw(initializer, count: 7), "\(initializer.className)")
    }
  }

  @Test func normalNumbersReachTheTailsEvenly() {
    let count = 200_000
    let numbers = draw(.randomNormal(standardDeviation: 1), count: count)
    // Five standard deviations of a count around what the distribution gives.
    for (limit, expected): (Float, Double) in [
      (1, 0.158_655_3), (2, 0.022_750_1), (3, 0.001_349_9), (3.5, 0.000_232_6),
    ] {
      for sign: Float in [-1, 1] {
        let found = Double(numbers.count { sign * $0 > limit })
        let mean = Double(count) * expected
        #expect(abs(found - mean) < 5 * mean.squareRoot(), "\(sign * limit)")
      }
    }
  }

  @Test func truncatedNormalsEndAtTwoStandardDeviations() {
    let numbers = draw(.truncatedNormal(mean: 3, standardDeviation: 0.5), count: 200_000)
    #expect(numbers.allSatisfy { $0 >= 2 && $0 <= 4 })
    #expect(numbers.contains { $0 < 2.001 } && numbers.contains { $0 > 3.999 })
  }

  @Test(
    arguments: [
      VarianceScaling.Mode.inputs, VarianceScaling.Mode.outputs, VarianceScaling.Mode.average,
    ],
    [
      VarianceScaling.Distribution.truncatedNormal, VarianceScaling.Distribution.normal,
      VarianceScaling.Distribution.uniform,
    ])
  func varianceIsScaled(mode: VarianceScaling.Mode, distribution: VarianceScaling.Distribution) {
    let count: Double =
      switch mode {
      case .inputs: 3 * 5 * 4
      case .outputs: 3 * 5 * 8
      case .average: 3 * 5 * 6
      }
    let numbers = draw(
      .varianceScaling(scale: 0.7, mode: mode, distribution: distribution), count: 100_000,
      shape: [3, 5, 4, 8])
    let squares = numbers.reduce(0.0) { $0 + Double($1) * Double($1) }
    let variance = squares / 100_000
    expectClose(variance, 0.7 / count, absolute: 0, relative: 0.025)
  }

  @Test func configurationsComeBack() throws {
    for initializer in initializers {
      let read = try InitializerRegistry.make(
        .described(initializer.className, initializer.configuration))
      #expect(read.className == initializer.className)
      #expect(read.configuration == initializer.configuration)
      #expect(draw(read) == draw(initializer), "\(initializer.className)")
    }
  }

  @Test func namesStandForKerassDefaults() throws {
    for (name, className, settings) in [
      ("zeros", "Zeros", "{}"), ("ones", "Ones", "{}"), ("constant", "Constant", #"{"value":0.0}"#),
      ("random_normal", "RandomNormal", #"{"mean":0.0,"stddev":0.05}"#),
      ("normal", "RandomNormal", #"{"mean":0.0,"stddev":0.05}"#),
      ("random_uniform", "RandomUniform", #"{"minval":-0.05,"maxval":0.05}"#),
      ("truncated_normal", "TruncatedNormal", #"{"mean":0.0,"stddev":0.05}"#),
      (
        "variance_scaling", "VarianceScaling",
        #"{"scale":1.0,"mode":"fan_in","distribution":"truncated_normal"}"#
      ),
      ("glorot_uniform", "GlorotUniform", "{}"), ("glorot_normal", "GlorotNormal", "{}"),
      ("he_uniform", "HeUniform", "{}"), ("he_normal", "HeNormal", "{}"),
      ("lecun_uniform", "LecunUniform", "{}"), ("lecun_normal", "LecunNormal", "{}"),
    ] {
      let initializer = try InitializerRegistry.make(.string(name))
      #expect(initializer.className == className)
      #expect(JSON.object(initializer.configuration).text == settings, "\(name)")
    }
  }

  private func read(_ text: String) throws -> any Initializer {
    let configuration = Configuration(try JSON(parsing: "{\"kernel_initializer\": \(text)}"))
    return try configuration.initializer("kernel_initializer", default: Ones())
  }

  @Test func absentMeansTheDefault() throws {
    #expect(try read("null").className == "Ones")
    #expect(try Configuration(.object([])).initializer("x", default: Zeros()).className == "Zeros")
  }

  @Test func seedsOfKerasAreReadOver() throws {
    for seed in ["null", "7", #"{"class_name": "SeedGenerator", "config": {"seed": 7}}"#] {
      let initializer = try read(#"{"class_name": "HeNormal", "config": {"seed": \#(seed)}}"#)
      #expect(draw(initializer) == draw(.heNormal))
    }
  }

  @Test func wrongSettingsAreRefused() throws {
    expectError(.unsupported, "kernel_initializer", "\"Orthogonal\"", "Zeros", "LecunNormal") {
      _ = try read(#"{"class_name": "Orthogonal", "config": {}}"#)
    }
    expectError(.unsupported, "\"input_axes\"", "[0]") {
      _ = try read(#"{"class_name": "HeNormal", "config": {"input_axes": [0]}}"#)
    }
    expectError(.format, "\"value\"", "a number") {
      _ = try read(#"{"class_name": "Constant", "config": {"value": [1, 2]}}"#)
    }
    expectError(.invalidArgument, "scale", "0.0") {
      _ = try read(#"{"class_name": "VarianceScaling", "config": {"scale": 0}}"#)
    }
    expectError(.invalidArgument, "\"fan\"", "fan_in, fan_out, fan_avg") {
      _ = try read(#"{"class_name": "VarianceScaling", "config": {"mode": "fan"}}"#)
    }
    expectError(.invalidArgument, "\"cauchy\"", "uniform") {
      _ = try read(#"{"class_name": "VarianceScaling", "config": {"distribution": "cauchy"}}"#)
    }
    expectError(.format, "kernel_initializer", "3") { _ = try read("3") }
  }
}
