/// From the normal distribution without what lies further out than two standard
/// deviations; after the cut the standard deviation is
/// sqrt(2 / (inputs + outputs)).
///
/// Sources: Glorot and Bengio, "Understanding the difficulty of training deep
/// feedforward neural networks", 2010;
/// keras/src/initializers/random_initializers.py
public final class GlorotNormal: Initializer {
  public let className = "GlorotNormal"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 1, mode: .average, distribution: .truncatedNormal)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == GlorotNormal {
  public static var glorotNormal: GlorotNormal { GlorotNormal() }
}
