/// Brings each image of a batch nearer or farther by a random factor, while
/// training; afterwards it does nothing.
///
/// The image shows 1 + `heightFactor` times as much of the height as before, so
/// that a positive factor zooms out, and 1 + `widthFactor` times as much of the
/// width, both drawn for each image; without `widthFactor`, as much as of the
/// height, which keeps the proportions. The centre stays. What comes in from
/// outside is said by `fillMode`. The draws follow from the model's seed, the
/// layer, the step and the image's place in the batch.
///
/// - Input and output: [height, width, channels].
///
/// Source: keras/src/layers/preprocessing/image_preprocessing/random_zoom.py
public final class RandomZoom: Layer {
  /// More than -1, at most 1; positive zooms out.
  public let heightFactor: FactorRange
  /// The same for the width; nil where it is the height's.
  public let widthFactor: FactorRange?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "RandomZoom"
  private let resampling: Resampling

  public var fillMode: FillMode { resampling.fillMode }
  public var interpolation: Interpolation { resampling.interpolation }
  /// What is outside, with `FillMode.constant`.
  public var fillValue: Float { resampling.fillValue }

  public convenience init(
    _ heightFactor: FactorRange, _ widthFactor: FactorRange? = nil, fillMode: FillMode = .reflect,
    interpolation: Interpolation = .bilinear, fillValue: Float = 0, inputShape: Shape? = nil,
    name: String? = nil
  ) {
    self.init(
      heightFactor, widthFactor,
      Resampling(fillMode: fillMode, interpolation: interpolation, fillValue: fillValue),
      inputShape: inputShape, name: name)
  }

  private init(
    _ heightFactor: FactorRange, _ widthFactor: FactorRange?, _ resampling: Resampling,
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
    try widthFactor?.check("width_factor")
    guard heightFactor.lower > -1, widthFactor?.lower ?? 0 > -1 else {
      throw LaminaError(.invalidArgument, "height_factor and width_factor must be more than -1")
    }
    return try resampling.outputShape(for: inputs)
  }

  /// Two numbers from 0 to 1, for height and width.
  public func stateCount(for inputs: [Shape]) -> Int { 2 }

  /// With x and y from the centre of the image: the output at (x, y) = the input at
  /// (x (1 + width factor), y (1 + height factor))
  public func forward(_ pass: LayerPass) {
    if pass.isTraining { pass.random.fillUnits(pass.state) }
    resampling.forward(pass) { map($0, pass) }
  }

  /// The transpose of the resampling.
  public func backward(_ pass: LayerPass) {
    resampling.backward(pass) { map($0, pass) }
  }

  private func map(_ row: Int, _ pass: LayerPass) -> AffineMap {
    let height = zoom(heightFactor, pass.state[row, 0])
    let width = widthFactor.map { zoom($0, pass.state[row, 1]) } ?? height
    let size = pass.inputShape.dimensions
    return AffineMap(
      xx: Double(width), x0: Double(0.5 * Float(size[1] - 1) * (1 - width)),
      yy: Double(height), y0: Double(0.5 * Float(size[0] - 1) * (1 - height)))
  }

  private func zoom(_ range: FactorRange, _ unit: Float) -> Float {
    FactorRange(1 + range.lower, 1 + range.upper).factor(unit)
  }

  public var inferenceForm: InferenceForm { .identity }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("height_factor", heightFactor.json),
      JSON.Member("width_factor", widthFactor.map { $0.json } ?? .null),
    ] + resampling.configuration
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      try configuration.factorRange("height_factor"),
      configuration["width_factor"] == nil ? nil : try configuration.factorRange("width_factor"),
      try Resampling(configuration: configuration), inputShape: nil, name: configuration.name)
  }
}
