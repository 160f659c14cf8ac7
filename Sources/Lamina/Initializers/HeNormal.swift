/// From the normal distribution without what lies further out than two standard
/// deviations; after the cut the standard deviation is sqrt(2 / inputs).
///
/// Sources: He et al., "Delving deep into rectifiers: surpassing human-level
/// performance on ImageNet classification", 2015;
/// keras/src/initializers/random_initializers.py
public final class HeNormal: Initializer {
  public let className = "HeNormal"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 2, mode: .inputs, distribution: .truncatedNormal)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == HeNormal {
  public static var heNormal: HeNormal { HeNormal() }
}
