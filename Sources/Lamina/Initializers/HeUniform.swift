/// Evenly spread over [-limit, limit), limit = sqrt(6 / inputs).
///
/// Sources: He et al., "Delving deep into rectifiers: surpassing human-level
/// performance on ImageNet classification", 2015;
/// keras/src/initializers/random_initializers.py
public final class HeUniform: Initializer {
  public let className = "HeUniform"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 2, mode: .inputs, distribution: .uniform)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == HeUniform {
  public static var heUniform: HeUniform { HeUniform() }
}
