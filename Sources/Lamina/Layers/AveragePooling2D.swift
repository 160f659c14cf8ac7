/// Takes the mean of each window of an image, each channel for itself. Beyond the
/// border there is nothing: it does not count.
///
/// - Input: [height, width, channels]; output: [rows, columns, channels], as many
///   as `Padding` says.
///
/// Sources: keras/src/layers/pooling/average_pooling2d.py and base_pooling.py
public final class AveragePooling2D: Layer {
  public let poolSize: Size2D
  public let strides: Size2D
  public let padding: Padding
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "AveragePooling2D"

  /// - Parameter strides: how far one window is from the next; nil for the pool's
  ///   size.
  public init(
    poolSize: Size2D, strides: Size2D? = nil, padding: Padding = .valid,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.poolSize = poolSize
    self.strides = strides ?? poolSize
    self.padding = padding
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try SlidingWindow.checked(
      "pool", over: inputs[0], size: poolSize, strides: strides, padding: padding
    ).outputShape(channels: inputs[0].dimensions[2])
  }

  public func readCount(for inputs: [Shape]) -> Double {
    window(over: inputs[0])?.seenCount ?? 0
  }

  /// y = mean of x over the window
  public func forward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    pass.workers.performRanges(of: pass.output.rows, numbersEach: pass.input.columns) { rows in
      pass.output.rows(rows).assignMeans(of: pass.input.rows(rows), window)
    }
  }

  /// dL/dx = the sum of dL/dy / n over the windows that see x, which see n pixels
  public func backward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape), let gradient = pass.inputGradient
    else { return }
    pass.workers.performRanges(of: gradient.rows, numbersEach: gradient.columns) { rows in
      gradient.rows(rows).assignMeansGradient(from: pass.outputGradient.rows(rows), window)
    }
  }

  private func window(over input: Shape) -> SlidingWindow? {
    SlidingWindow(over: input, size: poolSize, strides: strides, padding: padding)
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("pool_size", poolSize.json),
      JSON.Member("padding", .string(padding.name)),
      JSON.Member("strides", strides.json),
      JSON.Member("data_format", .string("channels_last")),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    let poolSize = try configuration.size("pool_size")
    self.init(
      poolSize: poolSize, strides: try configuration.size("strides", default: poolSize),
      padding: try configuration.padding(), name: configuration.name)
  }
}
