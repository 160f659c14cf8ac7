/// Evenly spread over [lower, upper).
///
/// Source: keras/src/initializers/random_initializers.py
public final class RandomUniform: Initializer {
  public let lower: Double
  public let upper: Double
  public let className = "RandomUniform"

  public init(from lower: Double = -0.05, to upper: Double = 0.05) {
    self.lower = lower
    self.upper = upper
  }

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    seed.stream.fillUniform(values, from: Float(lower), to: Float(upper))
  }

  public var configuration: [JSON.Member] {
    [JSON.Member("minval", .number(lower)), JSON.Member("maxval", .number(upper))]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      from: try configuration.number("minval", default: -0.05),
      to: try configuration.number("maxval", default: 0.05))
  }
}

extension Initializer where Self == RandomUniform {
  public static func randomUniform(
    from lower: Double = -0.05, to upper: Double = 0.05
  ) -> RandomUniform {
    RandomUniform(from: lower, to: upper)
  }
}
