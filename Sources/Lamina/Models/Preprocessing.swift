/// How pixels become a network's input.
public struct Preprocessing: Equatable, Sendable {
  /// How a picture becomes the pixels.
  public enum Recipe: String, Sendable {
    /// A 28x28 light digit on black, as MNIST's are made.
    case mnist
  }

  /// Nil where nothing is known of other pictures than the data set's own: such
  /// a model takes pixels, but no picture files.
  public var recipe: Recipe?

  /// What bytes are divided by before they enter the network; above 0.
  public var divisor: Float

  public init(recipe: Recipe?, divisor: Float) {
    self.recipe = recipe
    self.divisor = divisor
  }

  public static let mnist = Preprocessing(recipe: .mnist, divisor: 255)
}
