/// Evenly spread over [-limit, limit), limit = sqrt(3 / inputs).
///
/// Sources: LeCun et al., "Efficient backprop", 1998;
/// keras/src/initializers/random_initializers.py
public final class LecunUniform: Initializer {
  public let className = "LecunUniform"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    VarianceScaling(scale: 1, mode: .inputs, distribution: .uniform)
      .fill(values, shape: shape, seed: seed)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    self.init()
  }
}

extension Initializer where Self == LecunUniform {
  public static var lecunUniform: LecunUniform { LecunUniform() }
}
