/// Evenly spread over [-limit, limit), limit = sqrt(6 / (inputs + outputs)).
///
/// Sources: Glorot and Bengio, "Understanding the difficulty of training deep
/// feedforward neural networks", 2010;
/// keras/src/initializers/random_initializers.py
public final class GlorotUniform: Initializer {
  public let className = "GlorotUniform"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 1, mode: .average, distribution: .uniform)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == GlorotUniform {
  public static var glorotUniform: GlorotUniform { GlorotUniform() }
}
