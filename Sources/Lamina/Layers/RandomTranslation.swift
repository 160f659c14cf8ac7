/// Moves each image of a batch by a random distance, while training; afterwards
/// it does nothing.
///
/// The image goes down by `heightFactor` times its height and to the right by
/// `widthFactor` times its width, both drawn for each image; what comes in from
/// outside is said by `fillMode`. The draws follow from the model's seed, the
/// layer, the step and the image's place in the batch.
///
/// - Input and output: [height, width, channels].
///
/// Source: keras/src/layers/preprocessing/image_preprocessing/random_translation.py
public final class RandomTranslation: Layer {
  /// The part of the height to move by, down where positive; -1 to 1.
  public let heightFactor: FactorRange
  /// The part of the width to move by, to the right where positive; -1 to 1.
  public let widthFactor: FactorRange
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "RandomTranslation"
  private let resampling: Resampling

  public var fillMode: FillMode { resampling.fillMode }
  public var interpolation: Interpolation { resampling.interpolation }
  /// What is outside, with `FillMode.constant`.
  public var fillValue: Float { resampling.fillValue }

  public convenience init(
    _ heightFactor: FactorRange, _ widthFactor: FactorRange, fillMode: FillMode = .reflect,
    interpolation: Interpolation = .bilinear, fillValue: Float = 0, inputShape: Shape? = nil,
    name: String? = nil
  ) {
    self.init(
      heightFactor, widthFactor,
      Resampling(fillMode: fillMode, interpolation: interpolation, fillValue: fillValue),
      inputShape: inputShape, name: name)
  }

  private init(
    _ heightFactor: FactorRange, _ widthFactor: FactorRange, _ resampling: Resampling,
    inputShape: Shape?, name: String?
  ) {
    self.heightFactor = heightFactor
    self.widthFactor = widthFactor
    self.resampling = resampling
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try heightFactor.check("height_factor")
    try widthFactor.check("width_factor")
    return try resampling.outputShape(for: inputs)
  }

  /// Two numbers from 0 to 1, for height and width.
  public func stateCount(for inputs: [Shape]) -> Int { 2 }

  /// y at (r, c) = x at (r - height factor * height, c - width factor * width)
  public func forward(_ pass: LayerPass) {
    if pass.isTraining { pass.random.fillUnits(pass.state) }
    resampling.forward(pass) { map($0, pass) }
  }

  /// The transpose of the resampling.
  public func backward(_ pass: LayerPass) {
    resampling.backward(pass) { map($0, pass) }
  }

  private func map(_ row: Int, _ pass: LayerPass) -> AffineMap {
    let size = pass.inputShape.dimensions
    return AffineMap(
      x0: Double(-widthFactor.factor(pass.state[row, 1]) * Float(size[1])),
      y0: Double(-heightFactor.factor(pass.state[row, 0]) * Float(size[0])))
  }

  public var inferenceForm: InferenceForm { .identity }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("height_factor", heightFactor.json),
      JSON.Member("width_factor", widthFactor.json),
    ] + resampling.configuration
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      try configuration.factorRange("height_factor"), try configuration.factorRange("width_factor"),
      try Resampling(configuration: configuration), inputShape: nil, name: configuration.name)
  }
}
