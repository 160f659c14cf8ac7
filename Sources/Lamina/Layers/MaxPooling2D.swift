/// Takes the largest number of each window of an image, each channel for itself.
/// Beyond the border there is nothing.
///
/// - Input: [height, width, channels]; output: [rows, columns, channels], as many
///   as `Padding` says.
///
/// Sources: keras/src/layers/pooling/max_pooling2d.py and base_pooling.py
public final class MaxPooling2D: Layer {
  public let poolSize: Size2D
  public let strides: Size2D
  public let padding: Padding
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "MaxPooling2D"

  /// - Parameter strides: how far one window is from the next; nil for the pool's
  ///   size.
  public init(
    poolSize: Size2D = 2, strides: Size2D? = nil, padding: Padding = .valid,
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

  /// Which pixel of its window each output is.
  public func stateCount(for inputs: [Shape]) -> Int {
    guard let window = window(over: inputs[0]) else { return 0 }
    return window.positionCount * window.channels
  }

  public func readCount(for inputs: [Shape]) -> Double {
    window(over: inputs[0])?.seenCount ?? 0
  }

  /// y = max of x over the window; a not-a-number is larger than all
  public func forward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape) else { return }
    pass.workers.performRanges(of: pass.output.rows, numbersEach: pass.input.columns) { rows in
      let taps = pass.state.count > 0 ? pass.state.rows(rows) : nil
      pass.output.rows(rows).assignMaxima(of: pass.input.rows(rows), taps: taps, window)
    }
  }

  /// dL/dx = the sum of dL/dy over the windows in which x is the maximum, the
  /// first where several are
  public func backward(_ pass: LayerPass) {
    guard let window = window(over: pass.inputShape), let gradient = pass.inputGradient
    else { return }
    pass.workers.performRanges(of: gradient.rows, numbersEach: gradient.columns) { rows in
      gradient.rows(rows).assignMaximaGradient(
        from: pass.outputGradient.rows(rows), taps: pass.state.rows(rows), window)
    }
  }

  private func window(over input: Shape) -> SlidingWindow? {
    SlidingWindow(over: input, size: poolSize, strides: strides, padding: padding)
  }

  public var inferenceForm: InferenceForm { .maximum(self) }

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
    let poolSize = try configuration.size("pool_size", default: 2)
    self.init(
      poolSize: poolSize, strides: try configuration.size("strides", default: poolSize),
      padding: try configuration.padding(), name: configuration.name)
  }
}
