/// All zero.
///
/// Source: keras/src/initializers/constant_initializers.py
public final class Zeros: Initializer {
  public let className = "Zeros"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    values.fill(0)
  }
}

extension Initializer where Self == Zeros {
  public static var zeros: Zeros { Zeros() }
}
