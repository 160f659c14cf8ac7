/// What an image shows beyond its border. "abcd" is a row of it.
///
/// Source: affine_transform in keras/src/backend/jax/image.py
public enum FillMode: Equatable, Sendable {
  /// dcba abcd dcba
  case reflect
  /// abcd abcd abcd
  case wrap
  /// kkkk abcd kkkk, with k the fill value
  case constant
  /// aaaa abcd dddd
  case nearest

  static let all: [FillMode] = [.reflect, .wrap, .constant, .nearest]

  /// Keras's name.
  public var name: String {
    switch self {
    case .reflect: "reflect"
    case .wrap: "wrap"
    case .constant: "constant"
    case .nearest: "nearest"
    }
  }
}

/// How an image is read between its pixels.
public enum Interpolation: Equatable, Sendable {
  /// The four pixels around, each the more the nearer it is.
  case bilinear
  /// The nearest pixel; halves go away from zero.
  case nearest

  /// Keras's name.
  public var name: String {
    switch self {
    case .bilinear: "bilinear"
    case .nearest: "nearest"
    }
  }
}

/// How the images of a batch are moved, each by a map of its own.
struct Resampling {
  let fillMode: FillMode
  let interpolation: Interpolation
  let fillValue: Float

  /// - Throws: `.invalidArgument` where samples are no images, or too large for
  ///   float32 to number their pixels, or the fill value is not finite.
  func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    let input = inputs[0]
    try input.checkIsImage()
    guard input.dimensions[0] <= 1 << 22, input.dimensions[1] <= 1 << 22 else {
      throw LaminaError(.invalidArgument, "an image of shape \(input) is too large")
    }
    guard fillValue.isFinite else {
      throw LaminaError(.invalidArgument, "fill_value is a number that float32 cannot hold")
    }
    return input
  }

  /// Moves each image by its row's map while training; else the images stay.
  func forward(_ pass: LayerPass, _ map: (_ row: Int) -> AffineMap) {
    guard pass.isTraining else { return pass.output.assign(pass.input) }
    let (output, shape) = (pass.output, pass.inputShape)
    pass.workers.performRanges(of: output.rows, numbersEach: Self.workEach * output.columns) {
      for row in $0 { output.assignResampled(pass.input, row: row, shape: shape, map(row), self) }
    }
  }

  /// Gives each pixel of the input the gradients of the outputs that it went
  /// into, in the same proportions.
  func backward(_ pass: LayerPass, _ map: (_ row: Int) -> AffineMap) {
    guard let inputGradient = pass.inputGradient else { return }
    guard pass.isTraining else { return inputGradient.assign(pass.outputGradient) }
    pass.workers.performRanges(
      of: inputGradient.rows, numbersEach: Self.workEach * inputGradient.columns
    ) {
      for row in $0 {
        inputGradient.assignResamplingGradient(
          pass.outputGradient, row: row, shape: pass.inputShape, map(row), self)
      }
    }
  }

  /// How many times the work of an addition a pixel is: it has four neighbours to find.
  private static let workEach = 8

  var configuration: [JSON.Member] {
    [
      JSON.Member("fill_mode", .string(fillMode.name)),
      JSON.Member("interpolation", .string(interpolation.name)),
      JSON.Member("fill_value", .number(of: fillValue)),
      JSON.Member("data_format", .string("channels_last")),
    ]
  }
}

extension Resampling {
  /// - Throws: `.unsupported` or `.format`
  init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    fillMode = try configuration.fillMode()
    interpolation = try configuration.interpolation()
    fillValue = Float(try configuration.number("fill_value", default: 0))
  }
}

extension Configuration {
  fileprivate func fillMode() throws(LaminaError) -> FillMode {
    let name = try string("fill_mode", default: "reflect")
    for mode in FillMode.all where mode.name == name { return mode }
    throw LaminaError(
      .unsupported, "unknown fill_mode \"\(name)\"; known: reflect, wrap, constant, nearest")
  }

  fileprivate func interpolation() throws(LaminaError) -> Interpolation {
    let name = try string("interpolation", default: "bilinear")
    for interpolation in [Interpolation.bilinear, .nearest] where interpolation.name == name {
      return interpolation
    }
    throw LaminaError(
      .unsupported, "unknown interpolation \"\(name)\"; known: bilinear, nearest")
  }
}
