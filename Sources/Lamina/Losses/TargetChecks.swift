/// What losses and metrics ask of targets before they compare them with a
/// model's outputs.
extension Samples {
  /// Whether there is a number for each output: the shape is the output's, or
  /// one of the two has a last axis of 1 that the other lacks.
  func hasNumber(forEach outputShape: Shape) -> Bool {
    let (own, other) = (shape.dimensions, outputShape.dimensions)
    return own == other || own + [1] == other || own == other + [1]
  }

  /// - Parameter name: what a message calls the loss or the metric.
  /// - Throws: `.invalidArgument` unless there is a finite number for each output.
  func requireNumbers(forEach outputShape: Shape, _ name: String) throws(LaminaError) {
    guard hasNumber(forEach: outputShape) else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected targets of shape \(outputShape), as the output has, got \(shape)")
    }
    for index in 0..<elementCount where !value(0, index).isFinite {
      throw LaminaError(
        .invalidArgument,
        "\(name): sample \(index / max(1, size)) has the target \(value(0, index)), "
          + "expected a finite number")
    }
  }

  /// - Throws: `.invalidArgument` unless there is a number from 0 to 1 for each
  ///   output.
  func requireProbabilities(forEach outputShape: Shape, _ name: String) throws(LaminaError) {
    try requireNumbers(forEach: outputShape, name)
    for index in 0..<elementCount {
      let value = value(0, index)
      guard value >= 0, value <= 1 else {
        throw LaminaError(
          .invalidArgument,
          "\(name): sample \(index / max(1, size)) has the target \(value), expected 0 to 1")
      }
    }
  }

  /// - Throws: `.invalidArgument` unless there is a class for each row along the
  ///   output's last axis, which has the scores of the classes.
  func requireClasses(of outputShape: Shape, _ name: String) throws(LaminaError) {
    guard let classes = outputShape.dimensions.last else {
      throw LaminaError(
        .invalidArgument, "\(name): expected one score a class, the output has shape []")
    }
    let expected = Array(outputShape.dimensions.dropLast())
    guard shape.dimensions == expected || shape.dimensions == expected + [1] else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected a class for each row of scores, of shape \(Shape(expected)), "
          + "got targets of shape \(shape) for an output of shape \(outputShape)")
    }
    for index in 0..<elementCount {
      let label = value(0, index)
      guard label >= 0, label < Float(classes), label == label.rounded(.down) else {
        throw LaminaError(
          .invalidArgument,
          "\(name): sample \(index / max(1, size)) has label \(text(at: index)), "
            + "expected 0 to \(classes - 1)")
      }
    }
  }

  /// As it was given: a large integer is another one as a float32.
  private func text(at index: Int) -> String {
    switch elements {
    case .uint8(let bytes): "\(bytes[index])"
    case .int32(let integers): "\(integers[index])"
    case .float32(let values): "\(values[index])"
    }
  }
}

extension Shape {
  /// How many numbers a row along the last axis has.
  var columnCount: Int { dimensions.last ?? 1 }
}

/// - Throws: `.invalidArgument` where smoothing would turn labels around.
func requireSmoothing(_ smoothing: Float, _ name: String) throws(LaminaError) {
  guard smoothing >= 0, smoothing <= 1 else {
    throw LaminaError(
      .invalidArgument, "\(name): expected a label smoothing of 0 to 1, got \(smoothing)")
  }
}
