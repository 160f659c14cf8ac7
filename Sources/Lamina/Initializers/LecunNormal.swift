/// From the normal distribution without what lies further out than two standard
/// deviations; after the cut the standard deviation is sqrt(1 / inputs).
///
/// Sources: LeCun et al., "Efficient backprop", 1998;
/// keras/src/initializers/random_initializers.py
public final class LecunNormal: Initializer {
  public let className = "LecunNormal"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 1, mode: .inputs, distribution: .truncatedNormal)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == LecunNormal {
  public static var lecunNormal: LecunNormal { LecunNormal() }
}
