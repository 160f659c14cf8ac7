/// How a variable's first values are drawn. They follow from the model's seed
/// and the variable's place alone; the seed of an initializer of Keras, whose
/// numbers nobody else can draw, is read over.
public protocol Initializer: AnyObject, Sendable {
  /// Keras's class name, such as "GlorotUniform".
  var className: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  /// Writes the first values of a variable of this shape.
  func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed)
}

/// What the random numbers of an initializer follow from.
public struct InitializerSeed: Sendable {
  /// The model's seed.
  public var seed: UInt64
  /// Which of the model's variables it is.
  public var variable: Int

  public init(seed: UInt64, variable: Int) {
    self.seed = seed
    self.variable = variable
  }

  var stream: RandomStream {
    RandomStream(
      seed: seed, purpose: .initialization, layer: UInt32(truncatingIfNeeded: variable))
  }
}

extension Initializer {
  public var configuration: [JSON.Member] { [] }
}

extension Shape {
  /// The numbers of inputs and outputs of one unit, for a kernel of this shape:
  /// the last two axes are inputs and outputs, those before them are the
  /// positions that a convolution's kernel covers.
  ///
  /// Source: compute_fans in keras/src/initializers/random_initializers.py
  var fans: (input: Int, output: Int) {
    guard rank > 1 else {
      let count = dimensions.first ?? 1
      return (count, count)
    }
    let positions = dimensions.dropLast(2).reduce(1, *)
    return (positions * dimensions[rank - 2], positions * dimensions[rank - 1])
  }
}
