import CSystem

/// Turns each image of a batch around its centre by a random angle, while
/// training; afterwards it does nothing.
///
/// The angle is `factor` times a full turn, drawn for each image; a positive one
/// turns counter-clockwise. What comes in from outside is said by `fillMode`. The
/// draws follow from the model's seed, the layer, the step and the image's place
/// in the batch.
///
/// - Input and output: [height, width, channels].
///
/// Source: keras/src/layers/preprocessing/image_preprocessing/random_rotation.py
public final class RandomRotation: Layer {
  /// The part of a full turn, -1 to 1.
  public let factor: FactorRange
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "RandomRotation"
  private let resampling: Resampling

  public var fillMode: FillMode { resampling.fillMode }
  public var interpolation: Interpolation { resampling.interpolation }
  /// What is outside, with `FillMode.constant`.
  public var fillValue: Float { resampling.fillValue }

  public convenience init(
    _ factor: FactorRange, fillMode: FillMode = .reflect,
    interpolation: Interpolation = .bilinear, fillValue: Float = 0, inputShape: Shape? = nil,
    name: String? = nil
  ) {
    self.init(
      factor, Resampling(fillMode: fillMode, interpolation: interpolation, fillValue: fillValue),
      inputShape: inputShape, name: name)
  }

  private init(_ factor: FactorRange, _ resampling: Resampling, inputShape: Shape?, name: String?) {
    self.factor = factor
    self.resampling = resampling
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try factor.check("factor")
    return try resampling.outputShape(for: inputs)
  }

  /// A number from 0 to 1.
  public func stateCount(for inputs: [Shape]) -> Int { 1 }

  /// With x to the right and y down from the centre of the image, and a the angle:
  /// the output at (x, y) = the input at (x cos a - y sin a, x sin a + y cos a)
  public func forward(_ pass: LayerPass) {
    if pass.isTraining { pass.random.fillUnits(pass.state) }
    resampling.forward(pass) { map($0, pass) }
  }

  /// The transpose of the resampling.
  public func backward(_ pass: LayerPass) {
    resampling.backward(pass) { map($0, pass) }
  }

  private func map(_ row: Int, _ pass: LayerPass) -> AffineMap {
    // By way of degrees, as Keras.
    let degrees = FactorRange(factor.lower * 360, factor.upper * 360).factor(pass.state[row, 0])
    let angle = radians(degrees)
    let (cosine, sine) = (cos(angle), sin(angle))
    let size = pass.inputShape.dimensions
    let (x, y) = (0.5 * Double(size[1] - 1), 0.5 * Double(size[0] - 1))
    return AffineMap(
      xx: cosine, xy: -sine, x0: x - x * cosine + y * sine,
      yx: sine, yy: cosine, y0: y - x * sine - y * cosine)
  }

  /// As Keras in single precision where the rounding decides which pixel is nearest.
  private func radians(_ degrees: Float) -> Double {
    resampling.interpolation == .nearest
      ? Double(degrees * (Float.pi / 180)) : Double(degrees) * (Double.pi / 180)
  }

  public var inferenceForm: InferenceForm { .identity }

  public var configuration: [JSON.Member] {
    [JSON.Member("factor", factor.pair)] + resampling.configuration
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      try configuration.factorRange("factor"), try Resampling(configuration: configuration),
      inputShape: nil, name: configuration.name)
  }
}
