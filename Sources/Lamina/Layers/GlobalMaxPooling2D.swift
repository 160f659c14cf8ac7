/// Takes the largest number of a whole image, each channel for itself.
///
/// - Input: [height, width, channels]; output: [channels], or [1, 1, channels]
///   where `keepsDimensions` is true.
///
/// Source: keras/src/layers/pooling/global_max_pooling2d.py
public final class GlobalMaxPooling2D: Layer {
  /// Whether the axes of height and width stay, with one element each.
  public let keepsDimensions: Bool
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "GlobalMaxPooling2D"

  public init(keepsDimensions: Bool = false, inputShape: Shape? = nil, name: String? = nil) {
    self.keepsDimensions = keepsDimensions
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try inputs[0].checkIsImage()
    let channels = inputs[0].dimensions[2]
    return keepsDimensions ? [1, 1, channels] : [channels]
  }

  /// y = max of x over height and width; a not-a-number is larger than all
  public func forward(_ pass: LayerPass) {
    pass.output.assignMaxima(of: pass.input, channels: pass.output.columns)
  }

  /// dL/dx = dL/dy / n where x is one of n maxima, else 0
  public func backward(_ pass: LayerPass) {
    pass.inputGradient?.assignMaximaGradient(
      from: pass.outputGradient, pass.input, outputs: pass.output, channels: pass.output.columns)
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("data_format", .string("channels_last")),
      JSON.Member("keepdims", .boolean(keepsDimensions)),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    self.init(
      keepsDimensions: try configuration.boolean("keepdims", default: false),
      name: configuration.name)
  }
}
