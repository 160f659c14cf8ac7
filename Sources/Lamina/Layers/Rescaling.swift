/// Brings its inputs to another range: `y = x scale + offset`. `Rescaling(1 / 255)`
/// takes bytes to 0...1.
///
/// Scale and offset are one number each, or one for each place of the last axis,
/// as for the channels of an image.
///
/// Source: keras/src/layers/preprocessing/rescaling.py
public final class Rescaling: Layer {
  /// One number, or one for each place of the last axis.
  public let scale: [Float]
  /// One number, or one for each place of the last axis.
  public let offset: [Float]
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Rescaling"

  public init(
    scale: [Float], offset: [Float] = [0], inputShape: Shape? = nil, name: String? = nil
  ) {
    let count = max(scale.count, offset.count)
    self.scale = scale.count == 1 ? [Float](repeating: scale[0], count: count) : scale
    self.offset = offset.count == 1 ? [Float](repeating: offset[0], count: count) : offset
    self.inputShape = inputShape
    self.name = name
  }

  public convenience init(
    _ scale: Float, offset: Float = 0, inputShape: Shape? = nil, name: String? = nil
  ) {
    self.init(scale: [scale], offset: [offset], inputShape: inputShape, name: name)
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    _ = try inputs[0].elementCount()
    let last = inputs[0].dimensions.last ?? 1
    for (values, name) in [(scale, "scale"), (offset, "offset")] {
      guard values.count == 1 || values.count == last else {
        throw LaminaError(
          .invalidArgument,
          "\(name) has \(values.count) numbers; expected one, or one for each place of "
            + "the last axis of \(inputs[0])")
      }
      guard values.allSatisfy({ $0.isFinite }) else {
        throw LaminaError(.invalidArgument, "\(name) has a number that float32 cannot hold")
      }
    }
    return inputs[0]
  }

  /// y = x scale + offset
  public func forward(_ pass: LayerPass) {
    if scale.count == 1 {
      pass.output.assignScaled(pass.input, by: scale[0], adding: offset[0])
    } else {
      let channels = scale.count
      pass.output.reshaped(columns: channels)
        .assignScaled(pass.input.reshaped(columns: channels), by: scale, adding: offset)
    }
  }

  /// dL/dx = dL/dy scale
  public func backward(_ pass: LayerPass) {
    guard let inputGradient = pass.inputGradient else { return }
    if scale.count == 1 {
      inputGradient.assignScaled(pass.outputGradient, by: scale[0], adding: 0)
    } else {
      let channels = scale.count
      inputGradient.reshaped(columns: channels)
        .assignScaled(pass.outputGradient.reshaped(columns: channels), by: scale)
    }
  }

  public var configuration: [JSON.Member] {
    [JSON.Member("scale", .numbers(scale)), JSON.Member("offset", .numbers(offset))]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(
      scale: try configuration.floats("scale"),
      offset: configuration["offset"] == nil ? [0] : try configuration.floats("offset"),
      name: configuration.name)
  }
}

extension JSON {
  /// A list of numbers; a single one stands alone.
  static func numbers(_ values: [Float]) -> JSON {
    values.count == 1 ? .number(of: values[0]) : .array(values.map { .number(of: $0) })
  }
}

extension Configuration {
  /// A list of numbers; a single number is a list of one.
  func floats(_ key: String) throws(LaminaError) -> [Float] {
    try numbers(key).map { Float($0) }
  }
}
