/// From the normal distribution, without what lies further from the mean than
/// two standard deviations. `standardDeviation` is the one before the cut;
/// afterwards it is 0.88 of that.
///
/// Source: keras/src/initializers/random_initializers.py
public final class TruncatedNormal: Initializer {
  public let mean: Double
  /// At least 0.
  public let standardDeviation: Double
  public let className = "TruncatedNormal"

  public init(mean: Double = 0, standardDeviation: Double = 0.05) {
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    seed.stream.fillTruncatedNormal(values, mean: mean, standardDeviation: standardDeviation)
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

extension Initializer where Self == TruncatedNormal {
  public static func truncatedNormal(
    mean: Double = 0, standardDeviation: Double = 0.05
  ) -> TruncatedNormal {
    TruncatedNormal(mean: mean, standardDeviation: standardDeviation)
  }
}
