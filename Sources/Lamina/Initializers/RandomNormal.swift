/// From the normal distribution.
///
/// Source: keras/src/initializers/random_initializers.py
public final class RandomNormal: Initializer {
  public let mean: Double
  /// At least 0.
  public let standardDeviation: Double
  public let className = "RandomNormal"

  public init(mean: Double = 0, standardDeviation: Double = 0.05) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    seed.stream.fillNormal(values, mean: mean, standardDeviation: standardDeviation)
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("mean", .number(mean)),
      JSON.Member("stddev", .number(standardDeviation)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      mean: try configuration.number("mean", default: 0),
      standardDeviation: try configuration.number("stddev", default: 0.05))
  }
}

extension Initializer where Self == RandomNormal {
  public static func randomNormal(
    mean: Double = 0, standardDeviation: Double = 0.05
  ) -> RandomNormal {
    RandomNormal(mean: mean, standardDeviation: standardDeviation)
  }
}
