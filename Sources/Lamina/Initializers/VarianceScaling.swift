/// Numbers around 0 whose variance is `scale` divided by a count of the
/// variable's inputs or outputs, at least 1, so that signals keep their size
/// from layer to layer.
///
/// Source: keras/src/initializers/random_initializers.py
public final class VarianceScaling: Initializer {
  /// What the scale is divided by.
  public enum Mode: String, Sendable {
    /// The number of inputs of a unit.
    case inputs = "fan_in"
    /// The number of outputs.
    case outputs = "fan_out"
    /// The mean of the two.
    case average = "fan_avg"
  }

  public enum Distribution: String, Sendable {
    /// Normal, without what lies further out than two standard deviations.
    case truncatedNormal = "truncated_normal"
    case normal = "untruncated_normal"
    /// Even, over [-limit, limit), limit = sqrt(3 variance).
    case uniform
  }

  /// Greater than 0.
  public let scale: Double
  public let mode: Mode
  public let distribution: Distribution
  public let className = "VarianceScaling"

  public init(
    scale: Double = 1, mode: Mode = .inputs, distribution: Distribution = .truncatedNormal
  ) {
    self.scale = scale
    self.mode = mode
    self.distribution = distribution
  }

  public func fill(_ values: MatrixView, shape: Shape, seed: InitializerSeed) {
    let fans = shape.fans
    let count =
      switch mode {
      case .inputs: Double(fans.input)
      case .outputs: Double(fans.output)
      case .average: (Double(fans.input) + Double(fans.output)) / 2
      }
    let (stream, divisor) = (seed.stream, max(1, count))
    let standardDeviation = (scale / divisor).squareRoot()
    switch distribution {
    case .truncatedNormal:
      // The standard deviation of the standard normal distribution after the cut.
      stream.fillTruncatedNormal(
        values, mean: 0, standardDeviation: standardDeviation / 0.879_625_661_034_239_78)
    case .normal:
      stream.fillNormal(values, mean: 0, standardDeviation: standardDeviation)
    case .uniform:
      let limit = (Float(3 * scale) / Float(divisor)).squareRoot()
      stream.fillUniform(values, from: -limit, to: limit)
    }
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("scale", .number(scale)),
      JSON.Member("mode", .string(mode.rawValue)),
      JSON.Member("distribution", .string(distribution.rawValue)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.refuseFanAxes()
    let scale = try configuration.number("scale", default: 1)
    guard scale > 0 else {
      throw LaminaError(.invalidArgument, "scale must be greater than 0, got \(scale)")
    }
    let name = try configuration.string("mode", default: "fan_in")
    guard let mode = Mode(rawValue: name) else {
      throw LaminaError(
        .invalidArgument, "unknown mode \"\(name)\"; known: fan_in, fan_out, fan_avg")
    }
    let shape = try configuration.string("distribution", default: "truncated_normal")
    guard let distribution = Distribution(rawValue: shape == "normal" ? "truncated_normal" : shape)
    else {
      throw LaminaError(
        .invalidArgument,
        "unknown distribution \"\(shape)\"; known: truncated_normal, untruncated_normal, uniform")
    }
    self.init(scale: scale, mode: mode, distribution: distribution)
  }
}

extension Initializer where Self == VarianceScaling {
  public static func varianceScaling(
    scale: Double = 1, mode: VarianceScaling.Mode = .inputs,
    distribution: VarianceScaling.Distribution = .truncatedNormal
  ) -> VarianceScaling {
    VarianceScaling(scale: scale, mode: mode, distribution: distribution)
  }
}

extension Configuration {
  /// Which axes are inputs and outputs follows from the shape, here as in Keras;
  /// there one can also say it.
  ///
  /// - Throws: `.unsupported`
  func refuseFanAxes() throws(LaminaError) {
    try require("input_axes")
    try require("output_axes")
  }
}
