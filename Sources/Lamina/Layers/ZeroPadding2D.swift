/// Puts rows and columns of zeros around an image.
///
/// - Input: [height, width, channels]; output: [top + height + bottom,
///   left + width + right, channels].
///
/// Source: keras/src/layers/reshaping/zero_padding2d.py
public final class ZeroPadding2D: Layer {
  public let padding: Border2D
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "ZeroPadding2D"
  /// What made `padding`, where that was a size, to be checked with the input.
  private let size: Size2D?

  /// - Parameter padding: the rows above and below, and the columns on each side.
  public init(padding: Size2D = 1, inputShape: Shape? = nil, name: String? = nil) {
    self.padding = Border2D(
      top: padding.rows, bottom: padding.rows, left: padding.columns, right: padding.columns)
    self.inputShape = inputShape
    self.name = name
    size = padding
  }

  /// - Parameter padding: the rows and columns on each side for itself.
  public init(padding: Border2D, inputShape: Shape? = nil, name: String? = nil) {
    self.padding = padding
    self.inputShape = inputShape
    self.name = name
    size = nil
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try inputs[0].checkIsImage()
    try size?.check("padding", atLeast: 0)
    guard let shape = padding.around(inputs[0]) else {
      throw LaminaError(
        .invalidArgument, "padding must be at least 0 and not too large, got \(padding)")
    }
    return shape
  }

  /// y = x in the middle, 0 around it
  public func forward(_ pass: LayerPass) {
    pass.output.assignPadded(pass.input, of: pass.inputShape, padding)
  }

  /// dL/dx = the middle of dL/dy
  public func backward(_ pass: LayerPass) {
    pass.inputGradient?.assignCropped(pass.outputGradient, of: pass.inputShape, padding)
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("padding", padding.json),
      JSON.Member("data_format", .string("channels_last")),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    self.init(padding: try configuration.border("padding"), name: configuration.name)
  }
}
