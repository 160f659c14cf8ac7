/// All one.
///
/// Source: keras/src/initializers/constant_initializers.py
public final class Ones: Initializer {
  public let className = "Ones"

  public init() {}

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    values.fill(1)
  }
}

extension Initializer where Self == Ones {
  public static var ones: Ones { Ones() }
}
