/// Evenly spread over [-limit, limit), limit = sqrt(6 / (inputs + outputs)).
///
/// Sources: Glorot and Bengio, "Understanding the difficulty of training deep
/// feedforward neural networks", 2010;
/// keras/src/initializers/random_initializers.py
public final class GlorotUniform: Initializer {
  public let className = "GlorotUniform"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    let fans = shape.fans
    let limit = (6 / Float(max(1, fans.input + fans.output))).squareRoot()
    seed.stream.fillUniform(values, from: -limit, to: limit)
  }
}

extension Initializer where Self == GlorotUniform {
  public static var glorotUniform: GlorotUniform { GlorotUniform() }
}
