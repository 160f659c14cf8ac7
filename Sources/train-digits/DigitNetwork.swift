import Lamina

/// The network that reads digits: two pairs of 3x3 convolutions, each with a pooling behind it,
/// a fifth convolution, and a dense layer on its 256 numbers.
///
/// A normalization stands behind the pooling where there is one: it then has a quarter of the
/// numbers to look at, and the convolution is trained together with the pooling.
enum DigitNetwork {
  static func layers() -> [any Layer] {
    [
      Conv2D(32, kernelSize: 3, activation: .relu, kernelInitializer: .heNormal),
      convolution(32),
      MaxPooling2D(poolSize: 2),
      BatchNormalization(),
      Activation(.relu),
      convolution(64),
      BatchNormalization(),
      Activation(.relu),
      convolution(64),
      MaxPooling2D(poolSize: 2),
      BatchNormalization(),
      Activation(.relu),
      Dropout(0.2),
      convolution(64),
      BatchNormalization(),
      Activation(.relu),
      Flatten(),
      Dropout(0.4),
      Dense(10),
    ]
  }

  /// What makes an image of a sample.
  static func input() -> Reshape { Reshape([28, 28, 1], inputShape: [28, 28]) }

  /// Turns by up to 14 degrees, enlarges or reduces by up to 15 % in each direction, and moves by
  /// up to 2 whole pixels: what is moved by less is blurred.
  static func augmentation() -> [any Layer] {
    let zoom = FactorRange(-0.15, 0.15)
    let shift = FactorRange(-0.08, 0.08)
    return [
      RandomRotation(FactorRange(-0.04, 0.04), fillMode: .constant),
      RandomZoom(zoom, zoom, fillMode: .constant),
      RandomTranslation(shift, shift, fillMode: .constant, interpolation: .nearest),
    ]
  }

  /// Without a bias, which the normalization behind it would take away.
  private static func convolution(_ filters: Int) -> Conv2D {
    Conv2D(filters, kernelSize: 3, useBias: false, kernelInitializer: .heNormal)
  }
}
